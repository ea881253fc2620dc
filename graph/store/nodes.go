package store

import (
	"context"
	"encoding/binary"
	"fmt"

	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/cayley/graph/refs"
	"github.com/cockroachdb/pebble/v2"
)

// allNodes is the Cayley shape of all nodes.
type allNodes struct{ r *reads }

var _ iterator.Shape = (*allNodes)(nil)

func (s *allNodes) String() string                                  { return "store.allNodes" }
func (s *allNodes) Iterate() iterator.Scanner                       { return &nodesNext{r: s.r} }
func (s *allNodes) Lookup() iterator.Index                          { return &nodesContains{r: s.r} }
func (s *allNodes) SubIterators() []iterator.Shape                  { return nil }
func (s *allNodes) Optimize(context.Context) (iterator.Shape, bool) { return s, false }

func (s *allNodes) Stats(context.Context) (iterator.Costs, error) {
	t, err := s.r.totals()
	return iterator.Costs{
		ContainsCost: costSeek,
		NextCost:     costNext,
		Size:         refs.Size{Value: t.nodes, Exact: true},
	}, err
}

type nodesNext struct {
	r     *reads
	it    *pebble.Iterator
	steps uint
	id    uint64
	done  bool
	err   error
}

func (n *nodesNext) String() string                    { return "store.nodesNext" }
func (n *nodesNext) TagResults(map[string]refs.Ref)    {}
func (n *nodesNext) NextPath(ctx context.Context) bool { return false }
func (n *nodesNext) Err() error                        { return n.err }
func (n *nodesNext) Result() refs.Ref                  { return nodeRef(n.id) }

func (n *nodesNext) Next(ctx context.Context) bool {
	if n.done {
		return false
	}
	if n.steps++; n.steps%checkEvery == 0 {
		n.err = ctx.Err()
	}
	if n.err == nil && n.advance() {
		n.id = binary.BigEndian.Uint64(n.it.Key()[1:])
		n.err = n.wrap(n.remember())
		return n.err == nil
	}
	_ = n.Close() // now, for not every caller does; it can only repeat the error
	return false
}

// remember keeps the value at hand, because filters ask for it next.
func (n *nodesNext) remember() error {
	if n.r.names.get(n.id) != nil {
		return nil
	}
	rec, err := decodeNode(n.it.Value())
	if err != nil {
		return err
	}
	v, err := decodeValue(rec.value)
	if err != nil {
		return err
	}
	n.r.names.put(n.id, v)
	return nil
}

func (n *nodesNext) advance() bool {
	if n.it != nil {
		ok := n.it.Next()
		n.err = n.wrap(n.it.Error())
		return ok
	}
	n.it, n.err = n.r.r.NewIter(&pebble.IterOptions{
		LowerBound: []byte{nodePrefix}, UpperBound: []byte{nodePrefix + 1},
	})
	if n.err != nil {
		n.err = n.wrap(n.err)
		return false
	}
	n.r.scans.add(n.it)
	ok := n.it.First()
	n.err = n.wrap(n.it.Error())
	return ok
}

func (n *nodesNext) wrap(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("scan nodes: %w", translate(err))
}

func (n *nodesNext) Close() error {
	n.done, n.id = true, 0
	if n.it == nil {
		return nil
	}
	it := n.it
	n.it = nil
	return translate(n.r.scans.close(it))
}

type nodesContains struct {
	r   *reads
	cur refs.Ref
	err error
}

func (n *nodesContains) String() string                    { return "store.nodesContains" }
func (n *nodesContains) TagResults(map[string]refs.Ref)    {}
func (n *nodesContains) NextPath(ctx context.Context) bool { return false }
func (n *nodesContains) Err() error                        { return n.err }
func (n *nodesContains) Result() refs.Ref                  { return n.cur }
func (n *nodesContains) Close() error                      { return nil }

func (n *nodesContains) Contains(_ context.Context, v refs.Ref) bool {
	n.cur = nil
	id, ok := v.(Node)
	if !ok {
		return false
	}
	_, found, err := n.r.node(uint64(id))
	if err != nil {
		n.err = fmt.Errorf("read node %016x: %w", uint64(id), err)
	}
	if found {
		n.cur = v
	}
	return found
}
