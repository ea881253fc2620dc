package api

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"text/tabwriter"
	"time"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/memstore"
	cayleyhttp "github.com/cayleygraph/cayley/server/http"
	"github.com/cayleygraph/quad"

	"github.com/districtkg/districtkg/graph"
	"github.com/districtkg/districtkg/graph/api/gizmo"
	"github.com/districtkg/districtkg/graph/quads"
	"github.com/districtkg/districtkg/graph/quads/quadstest"
	_ "github.com/districtkg/districtkg/graph/store" // the store on disk
	"github.com/districtkg/districtkg/schema"
)

// TestLoad is `make bench-api`: it measures our server, over the store on disk,
// beside Cayley's own over its memstore, with the same quads and the same
// queries, each in a process of its own, in turns. BENCH_QUADS says with how
// many quads.
func TestLoad(t *testing.T) {
	want, err := strconv.Atoi(os.Getenv("BENCH_QUADS"))
	if err != nil {
		t.Skip("BENCH_QUADS is not set")
	}
	dir := t.TempDir()
	docs := documentsFor(want)
	n := buildOnDisk(t, filepath.Join(dir, "db"), docs)
	t.Logf("%d documents, %d quads", docs, n)
	out := tabwriter.NewWriter(os.Stdout, 0, 8, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(out, "server\tqueries\tclients\tanswered\tfailed\tper second\tp50 ms\tp99 ms\tmax ms\t")
	theirs, stopTheirs := child(t, "cayley", dir, docs)
	defer stopTheirs()
	ours, stopOurs := child(t, "ours", dir, docs)
	defer stopOurs()
	for _, clients := range []int{1, 8} {
		a, b := beside(theirs, ours, gizmoMix(docs), clients)
		a.print(out, "cayley", "gizmo", clients)
		b.print(out, "ours", "gizmo", clients)
	}
	load(ours, restMix(docs), 8, 10*time.Second, 0).print(out, "ours", "rest", 8)
	rest := load(ours, restMix(docs), 64, 15*time.Second, 200)
	rest.print(out, "ours", "rest at 200/s", 64)
	load(ours, unlike(restMix(docs)), 64, 15*time.Second, 200).print(out, "ours", "rest at 200/s, no answer kept", 64)
	if rest.failed > 0 {
		t.Errorf("%d requests failed: %v", rest.failed, rest.why)
	}
	if err := out.Flush(); err != nil {
		t.Fatal(err)
	}
}

// beside measures two servers in turns, so that what else the machine does
// falls on both.
func beside(theirs, ours string, next func(int) shot, clients int) (a, b measurement) {
	for _, address := range []string{theirs, ours} {
		load(address, next, clients, time.Second, 0) // warms it up
	}
	for range 5 {
		a.add(load(theirs, next, clients, 3*time.Second, 0))
		b.add(load(ours, next, clients, 3*time.Second, 0))
	}
	return a, b
}

func (m *measurement) add(o measurement) {
	m.times = append(m.times, o.times...)
	m.failed += o.failed
	m.elapsed += o.elapsed
	m.why = cmp.Or(o.why, m.why)
}

// loadSize is that of one document: about 4,000 quads.
var loadSize = quadstest.Size{Enterprises: 60, Figures: 60}

// years is how many documents a district has.
const years = 5

func documentsFor(want int) int {
	q, _ := quads.FromFacts(quadstest.Bulletin(0, 2020, loadSize), quads.NewVocabulary(schema.IRIs{Base: schema.DefaultBase}))
	return max(years, (want+len(q)-1)/len(q))
}

func loadFacts(docs int) iter.Seq2[*schema.Facts, error] {
	return func(yield func(*schema.Facts, error) bool) {
		for i := range docs {
			if !yield(quadstest.Bulletin(i/years, 2019+i%years, loadSize), nil) {
				return
			}
		}
	}
}

func buildOnDisk(t *testing.T, dir string, docs int) int {
	t.Helper()
	g, err := graph.Open(t.Context(), dir, graph.Options{})
	if err != nil {
		t.Fatal(err)
	}
	built, err := g.Build(t.Context(), loadFacts(docs))
	if err := errors.Join(err, g.Close()); err != nil {
		t.Fatal(err)
	}
	return built.Quads
}

// child starts this program as a server and returns its address.
func child(t *testing.T, server, dir string, docs int) (address string, stop func()) {
	t.Helper()
	cmd := exec.Command(os.Args[0], "bench-server", server, dir, strconv.Itoa(docs))
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		_ = cmd.Process.Kill()
		t.Fatalf("%s did not start: %v", server, err)
	}
	return strings.TrimSpace(line), func() {
		_ = cmd.Process.Signal(os.Interrupt)
		_ = cmd.Wait()
	}
}

// benchServer is the child: it serves until it is interrupted.
func benchServer(server, dir string, docs int) error {
	ctx, cancel := signal.NotifyContext(context.Background(), os.Interrupt)
	defer cancel()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	if server == "cayley" {
		var all []quad.Quad
		vocab := quads.NewVocabulary(schema.IRIs{Base: schema.DefaultBase})
		for f := range loadFacts(docs) {
			q, _ := quads.FromFacts(f, vocab)
			all = append(all, q...)
		}
		qs := memstore.New(all...)
		all = nil // the store has its own
		fmt.Println(listener.Addr())
		go func() { <-ctx.Done(); _ = listener.Close() }()
		err := http.Serve(listener, cayleyhttp.NewAPIv2(&cayley.Handle{QuadStore: qs}))
		if ctx.Err() != nil {
			return nil
		}
		return err
	}
	g, err := graph.Open(ctx, filepath.Join(dir, "db"), graph.Options{ReadOnly: true})
	if err != nil {
		return err
	}
	defer g.Close()
	if err := g.Warm(ctx); err != nil {
		return err
	}
	sandbox := gizmo.NewSandbox(os.Args[0], "sandbox-child")
	defer sandbox.Close()
	s, err := New(Config{Graph: g, Sandbox: sandbox, Limits: Limits{Rate: -1}})
	if err != nil {
		return err
	}
	fmt.Println(listener.Addr())
	return s.ServeListener(ctx, listener)
}

// A shot is one request.
type shot struct{ method, path, body string }

// gizmoMix returns the i-th query of a mix: look-ups by subject and by name,
// two hops, counts, tags.
func gizmoMix(docs int) func(i int) shot {
	m := schema.IRIs{Base: schema.DefaultBase}
	const label = "<http://www.w3.org/2000/01/rdf-schema#label>"
	return func(i int) shot {
		code := strconv.Itoa(220102 + i*7919%max(1, docs/years))
		district, settled := "<"+m.Division(code)+">", "<"+m.Vocabulary("settledIn")+">"
		q := []string{
			`g.V("` + district + `").out("` + label + `").all()`,
			`g.V("第` + code + `区").in("` + label + `").all()`,
			`g.V("` + district + `").in("` + settled + `").out("` + label + `").getLimit(50)`,
			`g.emit(g.V("` + district + `").in("` + settled + `").count())`,
			`g.V("` + district + `").in("` + settled + `").tag("who").out("<` + m.Vocabulary("undertakes") + `>").getLimit(20)`,
		}[i%5]
		return shot{"POST", "/api/v2/query?lang=gizmo", q}
	}
}

// restMix returns the i-th request of a mix of what the page asks.
func restMix(docs int) func(i int) shot {
	return func(i int) shot {
		code := strconv.Itoa(220102 + i*7919%max(1, docs/years))
		return shot{"GET", []string{
			"/api/v1/entities/" + code,
			"/api/v1/entities?limit=10&q=" + url.QueryEscape("第"+code),
			"/api/v1/entities/" + code + "/neighbours?limit=50",
			"/api/v1/figures?limit=20&subject=" + code,
			"/api/v1/documents?limit=20&division=" + code,
			"/api/v1/stats",
		}[i%6], ""}
	}
}

// unlike makes each request another, so that no kept answer serves it.
func unlike(next func(int) shot) func(int) shot {
	return func(i int) shot {
		s := next(i)
		if s.path += "?"; strings.Count(s.path, "?") > 1 {
			s.path = strings.TrimSuffix(s.path, "?") + "&"
		}
		s.path += "n=" + strconv.Itoa(i)
		return s
	}
}

// A measurement is the times of the requests of a load.
type measurement struct {
	times   []time.Duration
	failed  int
	why     error
	elapsed time.Duration
}

// load sends requests for a while from some clients: as fast as they are
// answered, or so many a second, when the time of a request counts from when it
// was due, so that a server that falls behind does not look fast.
func load(address string, next func(int) shot, clients int, during time.Duration, perSecond int) measurement {
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: clients}, Timeout: 30 * time.Second}
	defer client.CloseIdleConnections()
	due := make(chan int)
	start := time.Now()
	interval := time.Duration(0)
	if perSecond > 0 {
		interval = time.Second / time.Duration(perSecond)
	}
	go func() {
		defer close(due)
		for i := 0; time.Since(start) < during; i++ {
			if wait := time.Until(start.Add(time.Duration(i) * interval)); interval > 0 && wait > 0 {
				<-time.After(wait)
			}
			due <- i
		}
	}()
	var (
		work sync.WaitGroup
		mu   sync.Mutex
		m    measurement
	)
	for range clients {
		work.Go(func() {
			for i := range due {
				began := time.Now()
				if interval > 0 {
					began = start.Add(time.Duration(i) * interval)
				}
				err := next(i).send(client, address)
				took := time.Since(began)
				mu.Lock()
				m.times = append(m.times, took)
				if err != nil {
					m.failed++
					m.why = err
				}
				mu.Unlock()
			}
		})
	}
	work.Wait()
	m.elapsed = time.Since(start)
	return m
}

func (s shot) send(client *http.Client, address string) error {
	req, err := http.NewRequest(s.method, "http://"+address+s.path, strings.NewReader(s.body))
	if err != nil {
		return err
	}
	resp, err := client.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err == nil && resp.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s %s: %d %.200s", s.path, s.body, resp.StatusCode, body)
	}
	return err
}

func (m measurement) print(w io.Writer, server, queries string, clients int) {
	slices.SortFunc(m.times, cmp.Compare[time.Duration])
	at := func(p float64) float64 {
		if len(m.times) == 0 {
			return 0
		}
		return float64(m.times[min(len(m.times)-1, int(p*float64(len(m.times))))].Microseconds()) / 1000
	}
	fmt.Fprintf(w, "%s\t%s\t%d\t%d\t%d\t%.0f\t%.2f\t%.2f\t%.2f\t\n", server, queries, clients, len(m.times)-m.failed, m.failed,
		float64(len(m.times))/m.elapsed.Seconds(), at(.5), at(.99), at(1))
}
