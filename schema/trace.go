package schema

// A Decision tells what a rule did with a span and why: what the explain verb
// prints.
type Decision struct {
	Stage  string // read, clean, segment, entity, identity, resolve, figure, relation
	Rule   string
	Span   Span // of Doc.Text
	Kept   bool
	Reason string
}

// Decide records a decision where the document is traced. Callers whose reason
// costs something to make ask [Doc.Traced] first.
func (d *Doc) Decide(stage, rule string, s Span, kept bool, reason string) {
	if d.Trace != nil {
		d.Trace(Decision{stage, rule, s, kept, reason})
	}
}

// Traced reports whether decisions about d are recorded.
func (d *Doc) Traced() bool { return d.Trace != nil }

// Warn adds a warning about a span of Text.
func (d *Doc) Warn(kind string, s Span, message string) {
	d.Warnings = append(d.Warnings, Warning{kind, d.Offsets.Original(s), message})
}
