package store

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math"
	"time"

	"github.com/cayleygraph/quad"
)

// Kinds of values; part of the format.
const (
	kindIRI byte = iota + 1
	kindBNode
	kindString
	kindTyped
	kindLang
	kindInt
	kindFloat
	kindBool
	kindTime
)

// appendValue appends the encoding of v to dst.
func appendValue(dst []byte, v quad.Value) ([]byte, error) {
	switch v := v.(type) {
	case quad.IRI:
		return append(append(dst, kindIRI), v...), nil
	case quad.BNode:
		return append(append(dst, kindBNode), v...), nil
	case quad.String:
		return append(append(dst, kindString), v...), nil
	case quad.TypedString:
		return appendPair(append(dst, kindTyped), string(v.Type), string(v.Value)), nil
	case quad.LangString:
		return appendPair(append(dst, kindLang), v.Lang, string(v.Value)), nil
	}
	return appendNative(dst, v)
}

func appendNative(dst []byte, v quad.Value) ([]byte, error) {
	switch v := v.(type) {
	case quad.Int:
		return appendInt(append(dst, kindInt), int64(v)), nil
	case quad.Float:
		return binary.BigEndian.AppendUint64(append(dst, kindFloat), math.Float64bits(float64(v))), nil
	case quad.Bool:
		b := byte(0)
		if v {
			b = 1
		}
		return append(dst, kindBool, b), nil
	case quad.Time:
		t := time.Time(v)
		dst = appendInt(append(dst, kindTime), t.Unix())
		return binary.BigEndian.AppendUint32(dst, uint32(t.Nanosecond())), nil
	}
	return dst, fmt.Errorf("encode %v: %w %T", v, ErrValue, v)
}

func appendPair(dst []byte, head, tail string) []byte {
	dst = binary.AppendUvarint(dst, uint64(len(head)))
	return append(append(dst, head...), tail...)
}

func appendInt(dst []byte, i int64) []byte {
	return binary.BigEndian.AppendUint64(dst, uint64(i)^(1<<63))
}

// decodeValue is the inverse of appendValue. The value keeps no part of b.
func decodeValue(b []byte) (quad.Value, error) {
	if len(b) == 0 {
		return nil, fmt.Errorf("%w: empty value", ErrCorrupt)
	}
	text := b[1:]
	switch b[0] {
	case kindIRI:
		return quad.IRI(text), nil
	case kindBNode:
		return quad.BNode(text), nil
	case kindString:
		return quad.String(text), nil
	case kindTyped, kindLang:
		return decodePair(b[0], text)
	}
	return decodeNative(b[0], text)
}

func decodePair(kind byte, b []byte) (quad.Value, error) {
	n, w := binary.Uvarint(b)
	if w <= 0 || n > uint64(len(b)-w) {
		return nil, fmt.Errorf("%w: value of kind %d cut short", ErrCorrupt, kind)
	}
	head, tail := string(b[w:w+int(n)]), quad.String(b[w+int(n):])
	if kind == kindTyped {
		return quad.TypedString{Value: tail, Type: quad.IRI(head)}, nil
	}
	return quad.LangString{Value: tail, Lang: head}, nil
}

func decodeNative(kind byte, b []byte) (quad.Value, error) {
	switch {
	case kind == kindInt && len(b) == 8:
		return quad.Int(decodeInt(b)), nil
	case kind == kindFloat && len(b) == 8:
		return quad.Float(math.Float64frombits(binary.BigEndian.Uint64(b))), nil
	case kind == kindBool && len(b) == 1:
		return quad.Bool(b[0] == 1), nil
	case kind == kindTime && len(b) == 12:
		return quad.Time(time.Unix(decodeInt(b), int64(binary.BigEndian.Uint32(b[8:]))).UTC()), nil
	}
	return nil, fmt.Errorf("%w: value of kind %d with %d bytes", ErrCorrupt, kind, len(b))
}

func decodeInt(b []byte) int64 { return int64(binary.BigEndian.Uint64(b) ^ (1 << 63)) }

// idOf returns the id of the value with the encoding enc. It is never 0,
// which stands for the label that a quad does not have.
func idOf(enc []byte) uint64 {
	id, _ := idAndCheck(enc)
	return id
}

// idAndCheck returns, beside the id, as much again of the hash: it tells two
// values with one id apart where the values themselves are not at hand.
func idAndCheck(enc []byte) (id, check uint64) {
	sum := sha256.Sum256(enc)
	id, check = binary.BigEndian.Uint64(sum[:8]), binary.BigEndian.Uint64(sum[8:])
	return max(id, 1), check
}
