// Package api is the HTTP interface of a graph, for clients of four kinds:
//
//   - web developers: REST under /api/v1, described at /openapi.json (generated
//     from the Go types) and browsable at /docs;
//   - Cayley's clients: /api/v2, as Cayley's own server but for its defects
//     (see cayley.go);
//   - linked-data tools: every IRI of ours under the base answers at its path
//     in HTML, Turtle, JSON-LD or N-Quads; /ns and /shapes; OpenRefine's
//     reconciliation at /reconcile;
//   - language-model agents: the Model Context Protocol at /mcp.
//
// It promises: no request costs more than its limits ([Limits]); whatever is
// cut says so; an error is a problem document (RFC 9457) with a code and a
// sentence, and never shows the inside of the server; nobody writes but with a
// token on a server that was started writable; answers come in a stable order
// with an ETag that changes when the graph does.
package api
