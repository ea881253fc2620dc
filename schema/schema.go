// Package schema holds the words that every other package uses: documents and
// their spans, what is found in them (mentions, entities, relations, figures),
// the ontology, the minting of IRIs, and the errors that callers tell apart.
//
// It imports nothing of this module. Offsets are bytes of [Doc.Text] unless a
// name says otherwise; what leaves the program speaks of Unicode code points
// of the original, which [Doc.Quote] gives.
package schema

import "errors"

// Errors that callers tell apart with [errors.Is].
var (
	ErrInvalid     = errors.New("invalid")           // the input breaks its format
	ErrNotFound    = errors.New("not found")         // nothing has that name or id
	ErrUnsupported = errors.New("unsupported")       // the format or the operation is not one of ours
	ErrNotText     = errors.New("not text")          // the bytes are in no encoding that we read
	ErrEmpty       = errors.New("nothing to read")   // the document has no text
	ErrTooLarge    = errors.New("too large")         // the input is over a limit that the message tells
	ErrReadOnly    = errors.New("read-only")         // the store or the server accepts no changes
	ErrBusy        = errors.New("in use")            // another process or too many requests hold the resource
	ErrLimit       = errors.New("limit reached")     // time, rows or memory ran out before the answer
	ErrCorrupt     = errors.New("corrupt")           // stored bytes are not what was written
	ErrVersion     = errors.New("unknown version")   // the store was written by another format
	ErrDenied      = errors.New("permission denied") // the token does not allow it
)

// A Span is the half-open byte range [Start, End) of [Doc.Text].
type Span struct{ Start, End int }

// In returns the part of text that s covers.
func (s Span) In(text string) string { return text[s.Start:s.End] }

// Len returns the number of bytes that s covers.
func (s Span) Len() int { return s.End - s.Start }

// Contains reports whether o lies within s.
func (s Span) Contains(o Span) bool { return s.Start <= o.Start && o.End <= s.End }

// Overlaps reports whether s and o share a byte.
func (s Span) Overlaps(o Span) bool { return s.Start < o.End && o.Start < s.End }

// A Token is a word with its part of speech in ICTCLAS notation (n, v, ns, m, …).
type Token struct {
	Span
	Tag string
}

// A Warning tells of something that was repaired, left out or in doubt.
type Warning struct {
	Kind    string // in lower_snake_case: ocr_repair, hard_wrap, no_subject, no_period, …
	Span    Span   // bytes of Doc.Original; empty where the whole document is meant
	Message string
}
