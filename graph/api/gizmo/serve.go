package gizmo

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/districtkg/districtkg/schema"
)

// A scriptRun is the parent's side of one script.
type scriptRun struct {
	runner *Runner
	p      *process
	q      Query
	out    *rows
	count  int   // of rows that the script emitted since the last path was sent
	bytes  int64 // of rows
}

// serve sends the job and answers the child until it is done.
func (s *scriptRun) serve(ctx context.Context) error {
	if err := s.p.write(job{s.q.Text, s.runner.limits.ScriptMemory}); err != nil {
		return err
	}
	for {
		m, err := s.p.read(int(s.runner.limits.ValueBytes))
		if err != nil {
			return err
		}
		switch m.Op {
		case opEmit:
			more, err := s.emit(m.Row)
			if err != nil || !more {
				return err
			}
		case opSend, opValue:
			if err := s.ask(ctx, m); err != nil {
				return err
			}
		case opDone:
			return s.finish(m.Row)
		case opFail:
			return invalid("%s", m.Text)
		default:
			return fmt.Errorf("run script: the child says %q", m.Op)
		}
	}
}

// emit adds a row of the script's own making and reports whether more are wanted.
func (s *scriptRun) emit(raw json.RawMessage) (more bool, err error) {
	if s.q.Limit > 0 && s.count >= s.q.Limit {
		s.out.cutAt = s.q.Limit
		return false, nil
	}
	s.count++
	if s.bytes += int64(len(raw)); s.bytes > s.runner.limits.ValueBytes {
		return false, fmt.Errorf("%w: the rows have more than %d bytes", schema.ErrLimit, s.runner.limits.ValueBytes)
	}
	row, err := s.decode(raw)
	return s.out.add(row), err
}

func (s *scriptRun) decode(raw json.RawMessage) (any, error) {
	var v any
	if err := json.Unmarshal(raw, &v); err != nil {
		return nil, fmt.Errorf("read from sandbox: %w", err)
	}
	return style{prefixes: s.runner.prefixes, short: s.q.Short}.tidy(v), nil
}

// ask runs a path script for the child and replies. What is wrong with it is
// thrown in the script; what stops the query stops the script too.
func (s *scriptRun) ask(ctx context.Context, m message) error {
	q := s.q
	q.Text = m.Text
	q.Short = s.q.Short && m.Op == opSend // values inside the script are as Cayley's
	if len(q.Text) > s.runner.limits.QueryBytes {
		return fmt.Errorf("%w: the script made a path of %d bytes", schema.ErrTooLarge, len(q.Text))
	}
	if err := CheckNesting(q.Text); err != nil {
		return err
	}
	if m.Op == opSend {
		s.count = 0
	}
	last, err := s.runner.evaluate(ctx, q, s.out, func() {}) // the child keeps its place
	if isInvalid(err) {
		return s.p.write(reply{Error: err.Error()})
	}
	if err != nil {
		return err
	}
	value, err := json.Marshal(last)
	if err != nil {
		return fmt.Errorf("write to sandbox: %w", err)
	}
	return s.p.write(reply{Value: value, Stop: len(s.out.list) >= s.out.max})
}

// finish makes a row of the script's last value.
func (s *scriptRun) finish(raw json.RawMessage) error {
	if len(raw) == 0 {
		return nil
	}
	last, err := s.decode(raw)
	finish(s.q, s.out, last)
	return err
}
