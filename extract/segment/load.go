package segment

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/yanyiwu/gojieba"

	"github.com/districtkg/districtkg/schema"
)

// The dictionaries within the seeds.
const (
	dictFile  = "jieba/jieba.dict.utf8"
	modelFile = "jieba/hmm_model.utf8"
	userFile  = "jieba/user.dict.utf8"
)

// loadEngine hands the dictionaries to cppjieba. It reads only files on disk,
// so they are written to a temporary folder, which goes once they are loaded:
// nothing is left behind, and no other process can have altered them.
func loadEngine(seeds fs.FS) (*engine, error) {
	dict, err := fs.ReadFile(seeds, dictFile)
	if err != nil {
		return nil, err
	}
	model, err := fs.ReadFile(seeds, modelFile)
	if err != nil {
		return nil, err
	}
	user, err := userWords(seeds)
	if err != nil {
		return nil, err
	}
	e := &engine{}
	if e.tags, err = newTags(dictFile, string(dict), user); err != nil {
		return nil, err
	}
	e.jieba, err = newJieba(dict, model, userFileText(user))
	return e, err
}

// newJieba writes the five files that gojieba takes, in its order. The last
// two belong to its keyword extractor, which nothing here uses: one line each
// is the least that it accepts.
func newJieba(dict, model, user []byte) (*gojieba.Jieba, error) {
	dir, err := os.MkdirTemp("", "districtkg-jieba-")
	if err != nil {
		return nil, fmt.Errorf("make a folder for the dictionaries (TMPDIR can name another place): %w", err)
	}
	defer os.RemoveAll(dir)
	var paths []string
	for _, f := range []struct {
		name string
		text []byte
	}{
		{"dict", dict}, {"model", model}, {"user", user}, {"idf", []byte("的 1.0\n")}, {"stop", []byte("的\n")},
	} {
		path := filepath.Join(dir, f.name)
		if err := os.WriteFile(path, f.text, 0o600); err != nil {
			return nil, fmt.Errorf("write dictionary (TMPDIR can name another place): %w", err)
		}
		paths = append(paths, path)
	}
	return gojieba.NewJieba(paths...), nil
}

// A userWord is a line of our own dictionary: word<SPACE>tag or
// word<SPACE>frequency<SPACE>tag.
type userWord struct{ word, freq, tag string }

func userWords(seeds fs.FS) ([]userWord, error) {
	text, err := fs.ReadFile(seeds, userFile)
	if err != nil {
		return nil, err
	}
	var words []userWord
	for n, line := range strings.Split(string(text), "\n") {
		f := strings.Fields(line)
		switch {
		case len(f) == 0 || strings.HasPrefix(line, "#"):
		case len(f) == 2:
			words = append(words, userWord{f[0], "", f[1]})
		case len(f) == 3 && strings.Trim(f[1], "0123456789") == "":
			words = append(words, userWord{f[0], f[1], f[2]})
		default:
			return nil, fmt.Errorf("%s:%d: %w entry %q: want word and tag, or word, frequency and tag",
				userFile, n+1, schema.ErrInvalid, line)
		}
	}
	return words, nil
}

// userFileText is the words in the form that cppjieba reads: without comments.
func userFileText(words []userWord) []byte {
	var b strings.Builder
	for _, w := range words {
		b.WriteString(w.word + " ")
		if w.freq != "" {
			b.WriteString(w.freq + " ")
		}
		b.WriteString(w.tag + "\n")
	}
	return []byte(b.String())
}
