package store

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/cayleygraph/quad"
)

// childEnv tells the test binary to change a store until it is killed: "kind first directory".
const childEnv = "DISTRICTKG_STORE_CHILD"

func TestMain(m *testing.M) {
	if job := os.Getenv(childEnv); job != "" {
		if err := child(job); err != nil {
			fmt.Println("child:", err)
			os.Exit(1)
		}
	}
	os.Exit(m.Run())
}

func child(job string) error {
	f := strings.SplitN(job, " ", 3)
	first, err := strconv.Atoi(f[1])
	if err != nil {
		return err
	}
	s, err := Open(f[2], Options{Create: true})
	if err != nil {
		return err
	}
	fmt.Println("ready")
	if f[0] == "hold" {
		time.Sleep(time.Minute) // the parent kills it long before
		return nil
	}
	s.limits = limits{quads: 300, terms: 100, bytes: 4000} // so that loads write runs too
	for n := first; ; n++ {
		if err := childStep(s, f[0], n); err != nil {
			return err
		}
		fmt.Println(n) // on disk
	}
}

// Each step writes version n of documents with this many quads.
const killDocuments, killQuads = 4, 150

func childStep(s *Store, kind string, n int) error {
	ctx := context.Background()
	if kind == "replace" {
		_, _, err := s.ReplaceGraph(ctx, killLabel(n%killDocuments), seq(killVersion(n%killDocuments, n)))
		return err
	}
	var all []quad.Quad
	for d := range killDocuments {
		all = append(all, killVersion(n*killDocuments+d, n)...)
	}
	_, err := s.BulkLoad(ctx, seq(all))
	return err
}

func killLabel(doc int) quad.IRI { return quad.IRI(fmt.Sprintf("doc%d", doc)) }

// killVersion returns the quads of a version of a document: their objects say which.
func killVersion(doc, version int) (out []quad.Quad) {
	for i := range killQuads {
		out = append(out, quad.Quad{
			Subject: quad.IRI(fmt.Sprintf("s%d", i)), Predicate: quad.IRI("version"), Object: quad.Int(version), Label: killLabel(doc),
		})
	}
	return out
}

// TestKill kills a process at random moments of replacing and of loading. Afterwards every
// document must be there whole or not at all, what was acknowledged must be there, and
// nothing may be left over or out of step.
func TestKill(t *testing.T) {
	kills := 50
	if testing.Short() {
		kills = 6
	}
	for _, kind := range []string{"replace", "load"} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			r := rand.New(rand.NewPCG(uint64(len(kind)), uint64(time.Now().UnixNano())))
			dir, next := t.TempDir(), 0
			for i := range kills {
				if i%10 == 0 {
					dir, next = t.TempDir(), 0
				}
				last := killChild(t, r, fmt.Sprintf("%s %d %s", kind, next, dir), next-1)
				next = afterKill(t, dir, kind, last)
			}
		})
	}
}

// killChild runs a child for a moment and returns the last step that it said was done.
func killChild(t *testing.T, r *rand.Rand, job string, last int) int {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childEnv+"="+job)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	if !lines.Scan() || lines.Text() != "ready" {
		t.Fatalf("child said %q", lines.Text())
	}
	time.AfterFunc(time.Duration(r.IntN(80_000))*time.Microsecond, func() { _ = cmd.Process.Kill() }) // it may be gone
	for lines.Scan() {
		n, err := strconv.Atoi(lines.Text())
		if err != nil {
			t.Fatalf("child said %q", lines.Text())
		}
		last = n
	}
	_ = cmd.Wait() // it was killed
	return last
}

// afterKill checks the store and returns the next step.
func afterKill(t *testing.T, dir, kind string, last int) int {
	t.Helper()
	s, err := Open(dir, Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}()
	ctx := context.Background()
	if err := s.Check(ctx); err != nil {
		t.Fatal(err)
	}
	labels, err := s.Labels(ctx)
	if err != nil {
		t.Fatal(err)
	}
	newest := -1
	for label := range labels {
		newest = max(newest, oneVersion(t, s, label))
	}
	if newest < last || newest > last+1 {
		t.Errorf("newest version is %d, acknowledged was %d", newest, last)
	}
	if want := min(killDocuments, newest+1); kind == "replace" && len(labels) != want {
		t.Errorf("there are %d documents, want %d", len(labels), want)
	}
	if want := killDocuments * (newest + 1); kind == "load" && len(labels) != want {
		t.Errorf("there are %d documents, want %d", len(labels), want)
	}
	return newest + 1
}

// oneVersion checks that a document is whole and returns its version.
func oneVersion(t *testing.T, s *Store, label quad.Value) int {
	t.Helper()
	n, version := 0, quad.Value(nil)
	for q, err := range s.Quads(context.Background(), quad.Quad{Label: label}) {
		if err != nil {
			t.Fatal(err)
		}
		if version != nil && q.Object != version {
			t.Fatalf("%v has quads of the versions %v and %v", label, version, q.Object)
		}
		version = q.Object
		n++
	}
	v, _ := version.(quad.Int)
	if n != killQuads {
		t.Errorf("%v has %d quads of version %d, want %d", label, n, v, killQuads)
	}
	return int(v)
}

// TestTwoProcesses opens what another process has open.
func TestTwoProcesses(t *testing.T) {
	dir := t.TempDir()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childEnv+"=hold 0 "+dir)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = cmd.Process.Kill(); _ = cmd.Wait() }()
	if lines := bufio.NewScanner(out); !lines.Scan() {
		t.Fatal("child said nothing")
	}
	for _, opt := range []Options{{}, {Create: true}, {ReadOnly: true}} {
		if s, err := Open(dir, opt); !errors.Is(err, ErrLocked) || !strings.Contains(err.Error(), "stop that process") {
			t.Errorf("%+v: got %v, %v; want %v and what to do", opt, s, err, ErrLocked)
		}
	}
}
