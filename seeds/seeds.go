// Package seeds holds what the graph grows from, as data: the sample documents
// and all knowledge about the world that the recognisers use. Code reaches it
// as an [fs.FS] only, so that a test can pass a file system of its own.
//
//	clean/      what extract/clean takes for boilerplate and damage
//	divisions/  the gazetteer of China's administrative divisions
//	documents/  the five sample documents
//	jieba/      the dictionaries of the segmenter, and our words for it
//	lexicon/    names, suffixes, indicators, units
//	rules/      how sentences state relations, and how a document is identified
//
// Data that others gathered carries its licence beside it.
package seeds

import (
	"embed"
	"io/fs"
)

//go:embed all:clean all:divisions all:documents all:jieba all:lexicon all:rules
var files embed.FS

// FS returns all of the seeds, with the folders above at its root.
func FS() fs.FS { return files }

// Documents returns the sample documents alone.
func Documents() fs.FS {
	sub, err := fs.Sub(files, "documents")
	if err != nil { // the path is valid, so fs.Sub has nothing to object to
		panic(err)
	}
	return sub
}
