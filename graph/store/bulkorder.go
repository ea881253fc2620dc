package store

import (
	"errors"
	"io"
)

// An orderWriter writes the tables of one order, and how often each node leads in it.
type orderWriter struct {
	l      *loader
	order  *order
	sorted bool // whether quads come in this order already
	table  *table
	key    []byte

	items, tmp []ids
	runs       []string

	lead    tally
	tallies [parts]string // files, sorted by id
	file    *spillFile    // of the part of lead
}

// writeAll writes the quads, which are all that there are, sorted by subject.
func (o *orderWriter) writeAll(quads []ids) error {
	if err := o.write(o.sort(quads)); err != nil {
		return err
	}
	return o.finish()
}

// addRun takes a part of the quads, sorted by subject, to be written by writeRuns at the latest.
func (o *orderWriter) addRun(quads []ids) error {
	if o.sorted {
		return o.write(quads)
	}
	run, err := writeRun(o.l.spill, o.sort(quads))
	o.runs = append(o.runs, run)
	return err
}

// writeRuns writes the quads of all runs.
func (o *orderWriter) writeRuns() error {
	o.tmp = nil
	if len(o.runs) > 0 {
		next := mergeRuns(o.l.spill, o.runs)
		for eof := error(nil); eof == nil; {
			if o.items, eof = fill(o.items[:0], readBatch, next); eof != nil && eof != io.EOF {
				return eof
			}
			if err := o.write(o.items); err != nil {
				return err
			}
		}
	}
	return o.finish()
}

// sort returns the quads in the order, each as the ids of its key.
func (o *orderWriter) sort(quads []ids) []ids {
	if o.sorted {
		return quads
	}
	o.items = grow(o.items[:0], len(quads))
	for i := range quads {
		o.items = append(o.items, o.order.permute(quads[i]))
	}
	if len(o.tmp) < len(quads) {
		o.tmp = make([]ids, len(quads))
	}
	sortIDs(o.items, o.tmp[:len(quads)])
	return o.items
}

// write writes quads in the order, which follow those written so far.
func (o *orderWriter) write(keys []ids) error {
	permuted := o.order.permuted()
	for i := range keys {
		if id := keys[i][0]; id != o.lead.id {
			if err := o.writeLead(); err != nil {
				return err
			}
			o.lead.id = id
		}
		o.lead.count++
		o.key = permuted.appendKey(o.key[:0], keys[i])
		if err := o.table.set(o.key, nil); err != nil {
			return err
		}
	}
	return nil
}

// writeLead writes the tally of the node that led so far.
func (o *orderWriter) writeLead() error {
	lead := o.lead
	o.lead.count = 0
	if lead.count == 0 || lead.id == 0 {
		return nil // 0 leads quads without a label
	}
	if p := part(lead.id); o.tallies[p] == "" {
		if err := o.closeFile(); err != nil {
			return err
		}
		var err error
		if o.file, err = o.l.spill.create("tally"); err != nil {
			return err
		}
		o.tallies[p] = o.file.path
	}
	return encodeTally(o.file.Writer, lead)
}

func (o *orderWriter) closeFile() error {
	if o.file == nil {
		return nil
	}
	f := o.file
	o.file = nil
	return f.close()
}

// finish closes what is open.
func (o *orderWriter) finish() error {
	o.items, o.tmp = nil, nil
	err := o.writeLead()
	return errors.Join(err, o.closeFile(), o.table.close())
}
