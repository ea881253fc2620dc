package api

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gin-gonic/gin"

	"github.com/districtkg/districtkg/schema"
)

// A Problem is the body of every error (RFC 9457).
type Problem struct {
	Type     string   `json:"type" example:"about:blank"`
	Title    string   `json:"title" example:"Not Found"`
	Status   int      `json:"status" example:"404"`
	Code     string   `json:"code" enum:"invalid,not_found,unsupported,too_large,read_only,busy,limit,denied,unauthorized,rate_limited,not_acceptable,method,internal" doc:"What programs tell errors apart by."`
	Detail   string   `json:"detail" doc:"A sentence for people."`
	Instance string   `json:"instance,omitempty" doc:"The request's id, as in the server's log."`
	Errors   []Detail `json:"errors,omitempty" doc:"The parameters that are wrong."`

	cause error
}

// A Detail says what is wrong with one parameter.
type Detail struct {
	Location string `json:"location" example:"query.limit"`
	Message  string `json:"message"`
}

// Error and the methods below make a Problem an error that huma writes as it is.
func (p *Problem) Error() string { return p.Detail }

// Unwrap returns what caused the problem, for the log.
func (p *Problem) Unwrap() error { return p.cause }

// GetStatus returns the HTTP status.
func (p *Problem) GetStatus() int { return p.Status }

// ContentType returns the media type of a problem.
func (p *Problem) ContentType(string) string { return "application/problem+json" }

// GetHeaders tells clients that were turned away when to come again.
func (p *Problem) GetHeaders() http.Header {
	if p.Status == http.StatusTooManyRequests || p.Status == http.StatusServiceUnavailable {
		return http.Header{"Retry-After": {"1"}}
	}
	return nil
}

// Errors of this package, which the table below gives a status.
var (
	errUnauthorized  = errors.New("the token is unknown or no longer good")
	errRateLimited   = errors.New("too many requests from this client")
	errNotAcceptable = errors.New("not acceptable")
	errMethod        = errors.New("method not allowed")
	errLate          = errors.New("answer takes too long")
)

// statuses maps errors to HTTP. What is not listed is a fault of ours: 500.
var statuses = []struct {
	err  error
	code int
	name string
}{
	{errUnauthorized, http.StatusUnauthorized, "unauthorized"},
	{errRateLimited, http.StatusTooManyRequests, "rate_limited"},
	{errNotAcceptable, http.StatusNotAcceptable, "not_acceptable"},
	{errMethod, http.StatusMethodNotAllowed, "method"},
	{errLate, http.StatusServiceUnavailable, "limit"},
	{schema.ErrInvalid, http.StatusBadRequest, "invalid"},
	{schema.ErrEmpty, http.StatusBadRequest, "invalid"},
	{schema.ErrNotText, http.StatusBadRequest, "invalid"},
	{schema.ErrNotFound, http.StatusNotFound, "not_found"},
	{schema.ErrUnsupported, http.StatusNotImplemented, "unsupported"},
	{schema.ErrTooLarge, http.StatusRequestEntityTooLarge, "too_large"},
	{schema.ErrReadOnly, http.StatusForbidden, "read_only"},
	{schema.ErrDenied, http.StatusForbidden, "denied"},
	{schema.ErrBusy, http.StatusTooManyRequests, "busy"},
	{schema.ErrLimit, http.StatusUnprocessableEntity, "limit"},
	{context.DeadlineExceeded, http.StatusServiceUnavailable, "limit"},
	{context.Canceled, statusClientGone, "limit"},
}

// statusClientGone is what logs show where the client did not wait; nobody
// receives it. nginx uses it so.
const statusClientGone = 499

// problem describes an error to a client. What is a fault of ours is not described.
func problem(err error) *Problem {
	var p *Problem
	if errors.As(err, &p) {
		return p
	}
	for _, s := range statuses {
		if errors.Is(err, s.err) {
			return &Problem{Type: "about:blank", Title: title(s.code), Status: s.code, Code: s.name, Detail: err.Error(), cause: err}
		}
	}
	return &Problem{
		Type: "about:blank", Title: title(http.StatusInternalServerError), Status: http.StatusInternalServerError,
		Code: "internal", Detail: "The server failed to answer; its log tells why under the instance.", cause: err,
	}
}

func title(code int) string {
	if code == statusClientGone {
		return "Client Closed Request"
	}
	return http.StatusText(code)
}

// fail ends a request with an error.
func fail(c *gin.Context, err error) {
	p := withInstance(c, problem(err))
	note(c, err)
	for k, v := range p.GetHeaders() {
		c.Header(k, v[0])
	}
	c.Header("ETag", "")
	c.Header("Cache-Control", "no-store")
	c.Abort()
	body, err := json.Marshal(p)
	if err != nil { // a Problem is strings and numbers: it can always be written
		panic(err)
	}
	c.Data(p.Status, "application/problem+json", body)
}

func withInstance(c *gin.Context, p *Problem) *Problem {
	out := *p
	out.Instance = requestID(c)
	return &out
}

// fromHuma makes huma's own errors, those of parameters, problems of ours.
func fromHuma(e *huma.ErrorModel) *Problem {
	p := &Problem{Type: "about:blank", Title: title(e.Status), Status: e.Status, Code: "invalid", Detail: sentence(e.Detail)}
	switch {
	case e.Status >= 500:
		p.Code = "internal"
	case e.Status == http.StatusRequestEntityTooLarge:
		p.Code = "too_large"
	case e.Status == http.StatusNotAcceptable:
		p.Code = "not_acceptable"
	case e.Status == http.StatusUnsupportedMediaType:
		p.Detail = "Send the body as JSON, with the header Content-Type: application/json."
	}
	for _, d := range e.Errors {
		if d != nil {
			p.Errors = append(p.Errors, Detail{d.Location, d.Message})
		}
	}
	return p
}

func sentence(s string) string {
	if s == "" {
		return "The request is wrong."
	}
	return strings.ToUpper(s[:1]) + s[1:] + "."
}
