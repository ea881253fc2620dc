package store

import (
	"bytes"

	"github.com/cockroachdb/pebble/v2"
)

// A walk looks keys up that come in order.
type walk struct {
	it  *pebble.Iterator
	ok  bool
	err error
}

func (l *loader) newWalk(low, high []byte) *walk {
	w := &walk{}
	w.it, w.err = l.s.db.NewIter(&pebble.IterOptions{LowerBound: low, UpperBound: high})
	if w.err == nil {
		w.ok = w.it.First()
		w.err = w.it.Error()
	}
	return w
}

// nearSteps is how far ahead a walk looks before it seeks.
const nearSteps = 8

// find returns the value of key, if it is there, until the next find.
func (w *walk) find(key []byte) ([]byte, bool) {
	for i := 0; w.ok && bytes.Compare(w.it.Key(), key) < 0; i++ {
		if i < nearSteps {
			w.ok = w.it.Next()
		} else {
			w.ok = w.it.SeekGE(key)
		}
	}
	if w.it != nil && w.err == nil {
		w.err = w.it.Error()
	}
	if !w.ok || !bytes.Equal(w.it.Key(), key) {
		return nil, false
	}
	return w.it.Value(), true
}

func (w *walk) close() {
	if w.it != nil {
		_ = w.it.Close() // it can only repeat what find said
	}
}
