// Package gizmo runs Cayley's query languages on behalf of people that nobody
// knows: a script is stopped at its limits of time, rows and memory, and what
// was cut is said.
//
// In: a query in gizmo, graphql, mql or sexp, and a Cayley quad store. Out: an
// [Answer] or an error that wraps [schema.ErrInvalid] (the query is wrong),
// [schema.ErrTooLarge] (it is over its size), [schema.ErrLimit] (time or
// memory ran out) or [schema.ErrBusy] (too many run at once).
//
// Gizmo is JavaScript, and no JavaScript engine in Go can be capped inside the
// process: one call ("x".repeat(1e9), a back-tracking regular expression,
// new ArrayBuffer(1e10)) allocates or loops in native code, where no interrupt
// and no heap watch reaches it. So a script is read first:
//
//   - Most are path expressions: g.V("南关区").in("rdfs:label").all(). They call
//     only Gizmo's own methods with literal arguments ([parse] knows the
//     grammar), hence cannot loop nor build values. They run in this process
//     over a store whose every step asks whether to stop ([guard]), and under
//     the [watch] of the heap.
//   - All others run in a child process of the same program ([Sandbox]) that
//     holds a JavaScript engine and no graph. Where the script ends a path
//     (all, toArray, forEach, …) the child sends the path as text; the parent
//     reads it with the same grammar, runs it as above and sends the values
//     back. The child has limits of memory and is killed at the deadline.
//
// Beside literals, prefixed names are understood where a node or a predicate
// is wanted: in("rdfs:label"), is("dkg:Enterprise").
package gizmo
