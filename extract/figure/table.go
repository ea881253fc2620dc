package figure

// table reads the table that begins at start and returns where it ends, or
// start where there is none.
func (r *reader) table(start int) int { return start }
