package gizmo

import (
	"bufio"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"sort"
	"time"

	"github.com/dop251/goja"
)

//go:embed prelude.js
var prelude string

// A job is what the parent sends a child first: one script.
type job struct {
	Script string `json:"script"`
	Memory int64  `json:"memory"` // bytes of heap that it may use
}

// A message goes from a child to its parent, one JSON object a line.
type message struct {
	Op   string          `json:"op"`             // see the constants
	Text string          `json:"text,omitempty"` // a path script, or what went wrong
	Row  json.RawMessage `json:"row,omitempty"`
}

const (
	opEmit  = "emit"  // Row is a row; no reply
	opSend  = "send"  // run Text, its rows are rows of the answer; a reply follows
	opValue = "value" // run Text and reply with the value of its last statement
	opDone  = "done"  // the script ended; Row is its last value, if any
	opFail  = "fail"  // the script is wrong: Text says how
)

// A reply is the parent's answer to opSend and opValue.
type reply struct {
	Value json.RawMessage `json:"value,omitempty"`
	Error string          `json:"error,omitempty"`
	Stop  bool            `json:"stop,omitempty"` // no more rows are wanted
}

// exitMemory is the exit status of a child that used up its memory.
const exitMemory = 3

// RunChild is the child process's whole life: it reads one job, runs the
// script and talks to the parent over in and out. The process must do nothing
// else; it may be ended at any moment. A host program calls it where its
// command line is the one it gave [NewSandbox].
func RunChild(in io.Reader, out io.Writer) error {
	c := &child{in: json.NewDecoder(bufio.NewReader(in)), out: bufio.NewWriter(out)}
	var j job
	if err := c.in.Decode(&j); err != nil {
		if errors.Is(err, io.EOF) {
			return nil // never needed
		}
		return fmt.Errorf("read script: %w", err)
	}
	confine(j.Memory)
	go exitAbove(j.Memory)
	last, err := c.run(j.Script)
	if err != nil {
		return c.say(message{Op: opFail, Text: err.Error()})
	}
	return c.say(message{Op: opDone, Row: last})
}

// exitAbove ends the process when its heap has grown by more than memory bytes.
func exitAbove(memory int64) {
	base := heap()
	for range time.Tick(2 * time.Millisecond) {
		if heap()-base > memory {
			os.Exit(exitMemory)
		}
	}
}

type child struct {
	in       *json.Decoder
	out      *bufio.Writer
	declared string // the namespaces, as the script that declares them
}

func (c *child) say(m message) error {
	data, err := json.Marshal(m)
	if err != nil {
		return fmt.Errorf("write message: %w", err)
	}
	if _, err := c.out.Write(append(data, '\n')); err != nil {
		return fmt.Errorf("write message: %w", err)
	}
	if m.Op == opEmit {
		return nil // many may go at once
	}
	return c.out.Flush()
}

// ask sends a path script and waits for the reply.
func (c *child) ask(op, text string) (json.RawMessage, error) {
	if err := c.say(message{Op: op, Text: c.declared + text}); err != nil {
		return nil, err
	}
	var r reply
	if err := c.in.Decode(&r); err != nil {
		return nil, fmt.Errorf("read reply: %w", err)
	}
	switch {
	case r.Error != "":
		return nil, errors.New(r.Error)
	case r.Stop:
		os.Exit(0) // the answer is full
	}
	return r.Value, nil
}

// maxCalls bounds recursion in a script.
const maxCalls = 1000

// run runs the script and returns its last value in JSON, nil for none.
func (c *child) run(script string) (json.RawMessage, error) {
	vm := goja.New()
	vm.SetMaxCallStackSize(maxCalls)
	shown, err := c.install(vm)
	if err != nil {
		return nil, err
	}
	v, err := vm.RunString(script)
	if err != nil {
		return nil, err
	}
	text, err := shown(goja.Undefined(), v)
	if err != nil || text.String() == "" {
		return nil, err
	}
	return json.RawMessage(text.String()), nil
}

// install puts g and the functions of Gizmo into vm.
func (c *child) install(vm *goja.Runtime) (goja.Callable, error) {
	setup, err := vm.RunString(prelude)
	if err != nil {
		return nil, fmt.Errorf("load prelude: %w", err)
	}
	call, ok := goja.AssertFunction(setup)
	if !ok {
		return nil, errors.New("load prelude: it is no function")
	}
	host := map[string]any{
		"emit":    func(row string) error { return c.say(message{Op: opEmit, Row: json.RawMessage(row)}) },
		"send":    func(text string) error { _, err := c.ask(opSend, text); return err },
		"value":   func(text string) (string, error) { v, err := c.ask(opValue, text); return string(v), err },
		"declare": func(text string) { c.declared += text },
	}
	v, err := call(goja.Undefined(), vm.GlobalObject(), vm.ToValue(host), vm.ToValue(chainNames()), vm.ToValue(sorted(functionNames)))
	if err != nil {
		return nil, fmt.Errorf("load prelude: %w", err)
	}
	shown, _ := goja.AssertFunction(v)
	return shown, nil
}

// chainNames are the methods that make a path of a path.
func chainNames() []string {
	final := map[string]bool{"all": true, "getLimit": true, "count": true, "toArray": true, "tagArray": true, "toValue": true, "tagValue": true}
	names := map[string]bool{}
	for name := range pathMethods {
		names[name] = !final[name]
	}
	return sorted(names)
}

// sorted returns the names that are true, in order.
func sorted(names map[string]bool) []string {
	out := make([]string, 0, len(names))
	for name, is := range names {
		if is {
			out = append(out, name)
		}
	}
	sort.Strings(out)
	return out
}
