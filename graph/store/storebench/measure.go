package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/cayleygraph/quad"

	"github.com/districtkg/districtkg/graph/store/nquads"
)

// A subject is a store under measurement. The questions return how many results there are.
type subject interface {
	load(ctx context.Context, file string) error // from text to a closed store
	open(ctx context.Context) error
	lookup(ctx context.Context, entity string) (int, error)  // quads with this subject
	hops(ctx context.Context, entity string) (int, error)    // out and out again
	scan(ctx context.Context, predicate string) (int, error) // quad by quad
	count(ctx context.Context, predicate string) (int, error)
	document(ctx context.Context, label string) (int, error) // all its quads
	greater(ctx context.Context, predicate string, n int) (int, error)
	replace(ctx context.Context, label string, with []quad.Quad) error
	remove(ctx context.Context, label string) error
	dump(ctx context.Context, w io.Writer) (int, error)
	close() error
}

// do measures one store.
func do(ctx context.Context, j job) (report, error) {
	if j.Store == "oxigraph" {
		return oxigraph(ctx, j)
	}
	s, err := newSubject(ctx, j)
	if err != nil {
		return report{}, err
	}
	r, err := measureSubject(ctx, j, s)
	return r, errors.Join(err, s.close())
}

func measureSubject(ctx context.Context, j job, s subject) (report, error) {
	m := &meter{j: j, s: s, r: report{Store: j.Store, Values: map[string]float64{}, Counts: map[string]int{}}}
	for _, step := range []func(context.Context) error{m.load, m.ask, m.change, m.dump} {
		if err := step(ctx); err != nil {
			return report{}, err
		}
	}
	return m.r, nil
}

// A meter fills a report.
type meter struct {
	j    job
	s    subject
	r    report
	left int // quads that should be there
}

func (m *meter) load(ctx context.Context) error {
	start := time.Now()
	if err := m.s.load(ctx, m.j.File); err != nil {
		return fmt.Errorf("load: %w", err)
	}
	m.r.Values["load s"] = time.Since(start).Seconds()
	m.r.Values["quads/s"] = float64(m.j.Shape.Quads) / m.r.Values["load s"]
	size, err := diskSize(m.j.Dir)
	if elsewhere, ok := m.s.(interface {
		size(context.Context) (int64, error)
	}); ok {
		size, err = elsewhere.size(ctx)
	}
	if err != nil {
		return err
	}
	if size > 0 {
		m.r.Values["disk MB"] = float64(size) / 1e6
		m.r.Values["bytes/quad"] = float64(size) / float64(m.j.Shape.Quads)
	}
	m.r.Values["memory MB"] = peakMemory()
	start = time.Now()
	if err := m.s.open(ctx); err != nil {
		return fmt.Errorf("open: %w", err)
	}
	m.r.Values["open ms"] = ms(time.Since(start))
	return nil
}

// ask times the questions. Entities, predicates and documents are spread over the graph.
func (m *meter) ask(ctx context.Context) error {
	g := m.j.Shape
	doc := documentIRI(g.Documents / 2)
	for _, q := range []struct {
		name string
		unit time.Duration
		ask  func(i int) (int, error)
	}{
		{"lookup µs", time.Microsecond, func(i int) (int, error) { return m.s.lookup(ctx, entityIRI(i*7919%g.Entities)) }},
		{"two hops µs", time.Microsecond, func(i int) (int, error) { return m.s.hops(ctx, entityIRI(i*7919%g.Entities)) }},
		{"scan ms", time.Millisecond, func(int) (int, error) { return m.s.scan(ctx, predicateIRI(g.Predicates-1)) }},
		{"count ms", time.Millisecond, func(int) (int, error) { return m.s.count(ctx, predicateIRI(g.Predicates-1)) }},
		{"document ms", time.Millisecond, func(int) (int, error) { return m.s.document(ctx, doc) }},
		{"greater ms", time.Millisecond, func(int) (int, error) {
			return m.s.greater(ctx, predicateIRI(integerPredicate), 90_000)
		}},
	} {
		t, n, err := repeat(q.ask)
		if err != nil {
			return fmt.Errorf("%s: %w", q.name, err)
		}
		m.r.Values[q.name] = float64(t) / float64(q.unit)
		m.r.Counts[q.name] = n
	}
	m.left = g.Quads
	return nil
}

// Each question is asked for a second, but not more than maxAsked times.
const maxAsked = 1000

// repeat returns the median time of a question, and the results of the first fixedCount of it.
func repeat(ask func(i int) (int, error)) (time.Duration, int, error) {
	var times []time.Duration
	first := 0
	for begin := time.Now(); len(times) == 0 || time.Since(begin) < time.Second && len(times) < maxAsked; {
		start := time.Now()
		n, err := ask(len(times))
		if err != nil {
			return 0, 0, err
		}
		if len(times) == 0 {
			first = n
		}
		times = append(times, time.Since(start))
	}
	slices.Sort(times)
	return times[len(times)/2], first, nil
}

// At most so many documents are replaced, and so many removed; a store that takes
// longer than changeTime for the first gets no others.
const (
	changes    = 5
	changeTime = 2 * time.Second
)

// change replaces and removes documents. In the new ones every other quad has another object.
func (m *meter) change(ctx context.Context) error {
	var replaced, removed []time.Duration
	begin := time.Now()
	for i := range min(changes, m.j.Shape.Documents/2) {
		if i > 0 && time.Since(begin) > changeTime {
			break
		}
		label := documentIRI(2 * i)
		with, err := changed(m.j.File, label)
		if err != nil {
			return err
		}
		start := time.Now()
		if err := m.s.replace(ctx, label, with); err != nil {
			return fmt.Errorf("replace: %w", err)
		}
		replaced = append(replaced, time.Since(start))
		start = time.Now()
		if err := m.s.remove(ctx, documentIRI(2*i+1)); err != nil {
			return fmt.Errorf("remove: %w", err)
		}
		removed = append(removed, time.Since(start))
		m.left -= len(with)
	}
	slices.Sort(replaced)
	slices.Sort(removed)
	m.r.Values["replace ms"] = ms(replaced[len(replaced)/2])
	m.r.Values["delete ms"] = ms(removed[len(removed)/2])
	return nil
}

// changed returns the quads of a document, which stand together in the file, with
// every other object replaced.
func changed(file, label string) (out []quad.Quad, err error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	for q, err := range nquads.Read(f) {
		if err != nil {
			return nil, errors.Join(err, f.Close())
		}
		if q.Label != quad.IRI(label) {
			if len(out) > 0 {
				break
			}
			continue
		}
		if len(out)%2 == 0 {
			q.Object = quad.String(fmt.Sprintf("第%d版 %v", len(out), q.Object))
		}
		out = append(out, q)
	}
	return out, f.Close()
}

func (m *meter) dump(ctx context.Context) error {
	w := bufio.NewWriterSize(io.Discard, 1<<20)
	start := time.Now()
	n, err := m.s.dump(ctx, w)
	if err != nil {
		return fmt.Errorf("dump: %w", err)
	}
	m.r.Values["dump s"] = time.Since(start).Seconds()
	// What is left depends on how many documents were removed.
	m.r.Counts["quads lost"] = m.left - n
	return nil
}

func ms(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

func diskSize(dir string) (size int64, err error) {
	err = filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err == nil {
			size += info.Size()
		}
		return err
	})
	return size, err
}

// peakMemory returns how many megabytes the process has had resident, 0 where
// the system does not say.
func peakMemory() float64 {
	text, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(text)) {
		if rest, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			kb, _ := strconv.ParseFloat(strings.TrimSuffix(strings.TrimSpace(rest), " kB"), 64)
			return kb * 1024 / 1e6
		}
	}
	return 0
}
