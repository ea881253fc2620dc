package gizmo

// A planSize tells how many steps the plan of a path has. Plans are trees in
// which a path that is used twice stands twice: a short script, by doubling a
// path again and again, could ask for one that fills memory before anything
// that can be stopped has begun.
//
// A path that follows another makes its plan larger by a factor and a sum: it
// is the function size -> factor*size + sum.
type planSize struct {
	factor, sum int
	step        int // of one more step: 1, and more in a context of labels
	hops        int // along predicates, one after the other
}

// maxPlan is how many steps a plan may have in all, maxHops how many of them
// may go along predicates one after the other. Cayley's planner asks each level
// of a plan several times about the one below, so its time doubles with every
// hop: twenty take some ten milliseconds, forty for ever.
const (
	maxPlan = 1024
	maxHops = 20
)

// check refuses plans that are too large.
func (s planSize) check() error {
	switch {
	case s.total() > maxPlan:
		return invalid("the plan of a path has more than %d steps (both and labels double it)", maxPlan)
	case s.hops > maxHops:
		return invalid("a path has more than %d hops, one after the other", maxHops)
	}
	return nil
}

// startSize is that of V() and M().
func startSize() planSize { return planSize{factor: 1, step: 1} }

// total returns the number of steps. It does not overflow: sizes are checked
// after each step, which makes them at most maxPlan times larger.
func (s planSize) total() int { return s.factor + s.sum }

// after returns the size of a path after a method.
func (s planSize) after(method string, args []any) planSize {
	paths := pathsIn(args)
	hops := s.hops
	for _, p := range paths {
		s.hops = max(s.hops, p.size.hops)
	}
	switch method {
	case "in", "out", "inPredicates", "outPredicates":
		s.hops++
	case "both", "labels":
		s.hops++
		s.factor, s.sum = 2*s.factor, 2*s.sum
	case "followRecursive":
		s.hops++
	case "follow", "followR":
		if len(paths) == 1 {
			m := paths[0].size
			return planSize{m.factor * s.factor, m.factor*s.sum + m.sum*s.step, s.step, hops + m.hops}
		}
	case "labelContext":
		s.step = 1
		for _, p := range paths {
			s.step += p.size.total()
		}
	}
	s.sum += s.step
	for _, p := range paths {
		s.sum += p.size.total()
	}
	return s
}

// pathsIn returns the paths among the arguments, those in lists too.
func pathsIn(args []any) []*pathVal {
	var out []*pathVal
	for _, a := range args {
		switch a := a.(type) {
		case *pathVal:
			out = append(out, a)
		case []any:
			out = append(out, pathsIn(a)...)
		}
	}
	return out
}
