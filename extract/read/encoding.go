package read

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"github.com/districtkg/districtkg/schema"
)

// A mark is a byte order mark with the encoding that it announces.
type mark struct {
	bytes    string
	encoding encoding.Encoding
}

// marks returns the byte order marks.
func marks() []mark {
	return []mark{
		{"\xef\xbb\xbf", encoding.Nop},
		{"\xff\xfe", unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)},
		{"\xfe\xff", unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)},
	}
}

// decode returns the text of the bytes without a byte order mark. A mark is
// believed; without one, valid UTF-8 is UTF-8, and what is not is tried in the
// encodings that Chinese files have. The one that gives Chinese text wins; if
// none does, the bytes are not text.
func decode(data []byte) (string, error) {
	for _, m := range marks() {
		if rest, ok := bytes.CutPrefix(data, []byte(m.bytes)); ok {
			return decodeAs(rest, m.encoding)
		}
	}
	if utf8.Valid(data) && !nulls(data) {
		return decodeAs(data, encoding.Nop)
	}
	best, score := encoding.Encoding(nil), 0.0
	for _, e := range candidates() {
		if s := plausible(e, sample(data)); s > score {
			best, score = e, s
		}
	}
	if score < leastPlausible {
		return "", fmt.Errorf("%w in UTF-8, UTF-16 or GB 18030; if it is text, save it as UTF-8", schema.ErrNotText)
	}
	return decodeAs(data, best)
}

// candidates returns the encodings of files without a mark, the likelier first.
func candidates() []encoding.Encoding {
	return []encoding.Encoding{
		encoding.Nop, // UTF-8 with a few damaged bytes
		simplifiedchinese.GB18030,
		unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM),
		unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM),
	}
}

// decodeAs decodes all of the bytes; what is damaged becomes U+FFFD.
func decodeAs(data []byte, e encoding.Encoding) (string, error) {
	text := string(data)
	if e != encoding.Nop {
		b, err := e.NewDecoder().Bytes(data)
		if err != nil {
			return "", fmt.Errorf("%w: %w", schema.ErrNotText, err)
		}
		text = string(b)
	}
	text = strings.ToValidUTF8(text, string(utf8.RuneError))
	if damaged(text) {
		return "", fmt.Errorf("%w: too many of its bytes are control characters or damaged", schema.ErrNotText)
	}
	return text, nil
}

// sampleSize is how much of a file decides about its encoding, in bytes.
const sampleSize = 64 << 10

func sample(data []byte) []byte { return data[:min(len(data), sampleSize)] }

// nulls reports whether so many bytes are NUL that the text is UTF-16: in that,
// ASCII letters and line breaks have one each.
func nulls(data []byte) bool {
	s := sample(data)
	return bytes.Count(s, []byte{0}) > len(s)/20+1
}

// damaged reports whether more than one in twenty characters is a control
// character or stands for bytes that could not be decoded.
func damaged(text string) bool {
	bad := strings.Count(text, string(utf8.RuneError))
	for i := range len(text) {
		if c := text[i]; c < ' ' && (c < '\t' || c > '\r') {
			bad++
		}
	}
	return bad > utf8.RuneCountInString(text)/20+1
}

// leastPlausible is the least share of expected characters in a text. Reports
// of the genre have 0.7 and more; random bytes, in any of the encodings, below 0.4.
const leastPlausible = 0.5

// plausible returns the share of characters that a Chinese report is expected
// to have, less ten times the share of those that no text has.
func plausible(e encoding.Encoding, data []byte) float64 {
	b, err := e.NewDecoder().Bytes(data)
	if err != nil {
		return 0
	}
	good, bad, all := 0, 0, 0
	for _, r := range string(b) {
		all++
		switch {
		case r == '\n' || r == '\r' || r == '\t' || ' ' <= r && r < utf8.RuneSelf-1 || strings.ContainsRune(frequent, r):
			good++
		case r < ' ' || r == utf8.RuneError || '\ue000' <= r && r <= '\uf8ff':
			bad++
		}
	}
	if all == 0 {
		return 0
	}
	return float64(good-10*bad) / float64(all)
}

// frequent holds the commonest characters and marks of Chinese reports; about
// half of any text in either script consists of them.
const frequent = "的一是不在了有和人这中大为上个国以要时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经" +
	"三进之着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相" +
	"全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五" +
	"果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先" +
	"回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教" +
	"速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究" +
	"观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府称太准精值号" +
	"率族维划选标写存候毛亲快效斯院查江型眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该铁价严镇村街居企亿城" +
	"個國學實業經濟縣區億萬這為發會長東對點與產動關開將過時來們後間無電體當應從現進種總見說還問題單業達積節" +
	"，。、；：？！“”‘’（）《》【】—…·％　０１２３４５６７８９"
