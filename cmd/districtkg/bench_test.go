package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/yanyiwu/gojieba"

	"github.com/districtkg/districtkg/extract/read"
	"github.com/districtkg/districtkg/seeds"
)

// BenchmarkExtraction extracts from a text of about one megabyte on one core,
// and cuts the same text into words with gojieba alone in the same run. It
// reports both in MB/s and their ratio: the floor is gojieba, since any
// extraction has to cut.
func BenchmarkExtraction(b *testing.B) {
	p, text := warm(b)
	cut := plainCut(b)
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	var cutting, extracting time.Duration
	for b.Loop() {
		start := time.Now()
		cut(text)
		cutting += time.Since(start)
		start = time.Now()
		extractOnce(b, p, text)
		extracting += time.Since(start)
	}
	mb := float64(len(text)) * float64(b.N) / 1e6
	b.ReportMetric(mb/cutting.Seconds(), "cut-MB/s")
	b.ReportMetric(mb/extracting.Seconds(), "extract-MB/s")
	b.ReportMetric(cutting.Seconds()/extracting.Seconds(), "ratio")
}

// BenchmarkExtractionOneDocument extracts from one document on all cores.
func BenchmarkExtractionOneDocument(b *testing.B) {
	p, text := warm(b)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		extractOnce(b, p, text)
	}
}

// BenchmarkExtractionParallel extracts from many documents on all cores.
func BenchmarkExtractionParallel(b *testing.B) {
	p, text := warm(b)
	b.SetBytes(int64(len(text)))
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			extractOnce(b, p, text)
		}
	})
}

// warm returns a pipeline that has loaded its dictionaries, and the text to read.
func warm(b *testing.B) (*pipeline, string) {
	p, err := newPipeline()
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(p.Close)
	text := megabyte(b)
	extractOnce(b, p, text)
	return p, text
}

func extractOnce(b *testing.B, p *pipeline, text string) {
	doc, err := read.Bytes("bench.txt", []byte(text))
	if err != nil {
		b.Fatal(err)
	}
	if _, err := p.Extract(b.Context(), doc); err != nil {
		b.Fatal(err)
	}
}

// megabyte returns the sample documents again and again.
func megabyte(b *testing.B) string {
	once := samples(b)
	return strings.Repeat(once, 1+1_000_000/len(once))
}

// plainCut returns gojieba's Cut with its own dictionaries and no user words.
func plainCut(b *testing.B) func(string) {
	folder := b.TempDir()
	paths := []string{}
	for _, name := range []string{"jieba.dict.utf8", "hmm_model.utf8", "", "", ""} {
		data := []byte("的 1.0\n")
		if name != "" {
			var err error
			if data, err = fs.ReadFile(seeds.FS(), "jieba/"+name); err != nil {
				b.Fatal(err)
			}
		}
		path := filepath.Join(folder, string(rune('a'+len(paths))))
		if len(paths) == 2 {
			data = nil // user words
		}
		if err := os.WriteFile(path, data, 0o600); err != nil {
			b.Fatal(err)
		}
		paths = append(paths, path)
	}
	jieba := gojieba.NewJieba(paths...)
	b.Cleanup(jieba.Free)
	return func(s string) { jieba.Cut(s, true) }
}
