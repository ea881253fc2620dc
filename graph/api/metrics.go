package api

import (
	"net/http"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/districtkg/districtkg/graph/api/gizmo"
)

// metrics are what /metrics tells: requests by route, queries by class, and
// the process.
type metrics struct {
	registry *prometheus.Registry
	inFlight prometheus.Gauge
	requests *prometheus.HistogramVec
	queries  *prometheus.HistogramVec
}

// buckets are seconds: from a card out of memory to an export.
var buckets = []float64{.0005, .001, .0025, .005, .01, .02, .05, .1, .25, .5, 1, 2.5, 5, 10, 30}

func newMetrics() *metrics {
	m := &metrics{
		registry: prometheus.NewRegistry(),
		inFlight: prometheus.NewGauge(prometheus.GaugeOpts{
			Name: "districtkg_requests_in_flight", Help: "Requests that are being answered.",
		}),
		requests: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "districtkg_request_seconds", Help: "Time to answer, by route and status.", Buckets: buckets,
		}, []string{"method", "route", "status"}),
		queries: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "districtkg_query_seconds", Help: "Time of graph queries, by class (path, script, graphql, mql, sexp) and outcome.", Buckets: buckets,
		}, []string{"class", "outcome"}),
	}
	m.registry.MustRegister(m.inFlight, m.requests, m.queries, collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

func (m *metrics) handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{})
}

func (m *metrics) request(method, route string, status int, took time.Duration) {
	switch method {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodDelete, http.MethodOptions:
	default:
		method = "other" // methods are free words: anybody could make new series
	}
	m.requests.WithLabelValues(method, route, strconv.Itoa(status)).Observe(took.Seconds())
}

// query counts a query of a language: answered, cut (by a limit of rows), or
// the code of its error.
func (m *metrics) query(kind gizmo.Kind, cut bool, err error, took time.Duration) {
	outcome := "answered"
	switch {
	case err != nil:
		outcome = problem(err).Code
	case cut:
		outcome = "cut"
	}
	if kind == "" {
		kind = "unknown"
	}
	m.queries.WithLabelValues(string(kind), outcome).Observe(took.Seconds())
}
