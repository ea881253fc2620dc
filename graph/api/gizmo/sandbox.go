package gizmo

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"sync"

	"github.com/districtkg/districtkg/schema"
)

// A Sandbox starts the child processes that run scripts. Each child runs one
// script and ends. One is kept waiting, so that a script need not wait for it.
type Sandbox struct {
	argv []string

	mu    sync.Mutex
	spare *process
	close bool
}

// NewSandbox returns a Sandbox whose children are started with the command
// line argv; they must call [RunChild] on their standard input and output.
func NewSandbox(argv ...string) *Sandbox { return &Sandbox{argv: argv} }

// Close ends the child that waits.
func (s *Sandbox) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.close = true
	if s.spare != nil {
		s.spare.kill()
		s.spare = nil
	}
	return nil
}

// take returns a child that waits for its job.
func (s *Sandbox) take() (*process, error) {
	s.mu.Lock()
	p := s.spare
	s.spare = nil
	s.mu.Unlock()
	if p == nil {
		var err error
		if p, err = start(s.argv); err != nil {
			return nil, err
		}
	}
	go s.refill()
	return p, nil
}

// refill starts the next child. Where that fails, take will say so.
func (s *Sandbox) refill() {
	p, err := start(s.argv)
	if err != nil {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.spare != nil || s.close {
		p.kill()
		return
	}
	s.spare = p
}

// A process is a running child.
type process struct {
	cmd *exec.Cmd
	in  io.WriteCloser
	out *bufio.Reader
}

func start(argv []string) (*process, error) {
	cmd := exec.Command(argv[0], argv[1:]...)
	cmd.Env = []string{"GOMAXPROCS=1", "GOGC=50"} // nothing of ours for a script to find
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, fmt.Errorf("start sandbox: %w", err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, fmt.Errorf("start sandbox: %w", err)
	}
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("start sandbox: %w", err)
	}
	return &process{cmd, in, bufio.NewReaderSize(out, 64<<10)}, nil
}

// kill ends the child and returns how it ended.
func (p *process) kill() error {
	_ = p.cmd.Process.Kill() // it may have ended by itself
	return p.wait()
}

// wait collects the child. Its pipes are ours to close.
func (p *process) wait() error {
	_ = p.in.Close()
	return p.cmd.Wait()
}

func (p *process) write(v any) error {
	data, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("write to sandbox: %w", err)
	}
	if _, err := p.in.Write(append(data, '\n')); err != nil {
		return fmt.Errorf("write to sandbox: %w", err)
	}
	return nil
}

// read reads a message of at most max bytes: a child's word is not trusted.
func (p *process) read(max int) (message, error) {
	var line []byte
	for {
		part, err := p.out.ReadSlice('\n')
		line = append(line, part...)
		if len(line) > max {
			return message{}, fmt.Errorf("%w: a row has more than %d bytes", schema.ErrLimit, max)
		}
		if err == nil {
			break
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return message{}, err
		}
	}
	var m message
	if err := json.Unmarshal(line, &m); err != nil {
		return message{}, fmt.Errorf("read from sandbox: %w", err)
	}
	return m, nil
}

// script runs a script in a child process.
func (r *Runner) script(ctx context.Context, q Query) (*rows, error) {
	if r.sandbox == nil {
		_, err := parse(q.Text)
		return nil, fmt.Errorf("%w: this server runs path expressions only, no scripts: %w", schema.ErrUnsupported, err)
	}
	p, err := r.sandbox.take()
	if err != nil {
		return nil, err
	}
	stop := context.AfterFunc(ctx, func() { _ = p.cmd.Process.Kill() })
	defer stop()
	s := &scriptRun{runner: r, p: p, q: q, out: &rows{max: r.limits.Rows}}
	err = s.serve(ctx)
	ended := p.kill()
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case err != nil:
		return nil, r.blame(err, ended)
	}
	return s.out, nil
}

// blame tells why a child fell silent.
func (r *Runner) blame(err, ended error) error {
	if !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return err
	}
	var exit *exec.ExitError
	if errors.As(ended, &exit) {
		// Status 3 is ours; 2 is the Go runtime's for "out of memory".
		return fmt.Errorf("%w: the script needs more than %d MB of memory", schema.ErrLimit, r.limits.ScriptMemory>>20)
	}
	return fmt.Errorf("run script: %w", err)
}
