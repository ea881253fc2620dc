package api

import (
	"context"
	"fmt"
	"io"
	"iter"

	"github.com/cayleygraph/quad"

	"github.com/districtkg/districtkg/graph/export"
	"github.com/districtkg/districtkg/schema"
)

// A Format is a way to write quads down.
type Format struct {
	Name      string `json:"name" example:"turtle"`
	Extension string `json:"extension" example:".ttl"`
	MediaType string `json:"mediaType" example:"text/turtle"`
}

func formats() []Format {
	var out []Format
	for _, f := range export.Formats() {
		out = append(out, Format{f.Name, f.Extension, f.MediaType})
	}
	return out
}

func formatOf(name string) (Format, error) {
	for _, f := range formats() {
		if f.Name == name {
			return f, nil
		}
	}
	return Format{}, fmt.Errorf("%w format %.40q: /api/v1/formats lists them", schema.ErrInvalid, name)
}

// export writes quads, which may be ranged over more than once.
func (s *Server) export(ctx context.Context, w io.Writer, f Format, quads iter.Seq2[quad.Quad, error]) error {
	source := func() iter.Seq2[quad.Quad, error] { return quads }
	return export.Write(ctx, w, f.Name, source, export.Options{IRIs: s.cfg.Graph.IRIs(), TempDir: s.cfg.TempDir})
}
