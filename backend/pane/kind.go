package pane

import (
	"math"
	"strconv"
	"strings"
)

// kind is how a column is sorted.
type kind uint8

const (
	byName     kind = iota // nothing but the ties
	byMember               // the members' order
	byAge                  // from the time of making, the youngest first
	byMoment               // a time
	byText                 // see Natural
	byNumber               // the number that the text begins with
	byFraction             // "1/3" before "2/3" before "2/2" before "3/3"
	byQuantity             // "900Mi" before "1Gi"
	byDuration             // "50s" before "3m"
)

func (k kind) columnType() Type {
	switch k {
	case byMoment, byAge:
		return Time
	case byNumber:
		return Number
	case byFraction:
		return Fraction
	case byQuantity, byDuration:
		return Quantity
	default:
		return Text
	}
}

// shapes are the ways in which a text can be read, as bits.
type shapes uint8

const (
	numberShape   shapes = 1 << iota // "5", "5 (3m ago)"
	fractionShape                    // "1/3"
	quantityShape                    // "10Gi", "250m", "5"
	durationShape                    // "3d4h"
	blankShape                       // stands for nothing
	shapeCount    = 4                // but for the blank
)

// maxValue is more than a number, fraction or quantity ever takes.
const maxValue = 40

func shapesOf(text string) shapes {
	if blank(text) {
		return blankShape
	}
	if !isDigit(text[0]) && text[0] != '-' || len(text) > maxValue {
		return 0
	}
	var s shapes
	digits := 1
	for digits < len(text) && isDigit(text[digits]) {
		digits++
	}
	if tail := text[digits:]; isDigit(text[digits-1]) && (tail == "" || strings.HasPrefix(tail, " (")) {
		s |= numberShape
	}
	if _, _, ok := fraction(text); ok {
		s |= fractionShape
	}
	if _, ok := quantity(text); ok {
		s |= quantityShape
	}
	if _, ok := Duration(text); ok {
		s |= durationShape
	}
	return s
}

// blank says whether a cell stands for nothing. Such cells come last, whatever the direction.
func blank(text string) bool {
	switch text {
	case "", "<none>", "<unknown>", "<unset>", "<invalid>", "<nil>", "null":
		return true
	}
	return false
}

// fraction reads "1/3".
func fraction(text string) (part, whole uint32, ok bool) {
	before, after, ok := strings.Cut(text, "/")
	if !ok || before == "" || !isDigit(before[0]) {
		return 0, 0, false // what is tried most, and errors are dear
	}
	p, err1 := strconv.ParseUint(before, 10, 32)
	w, err2 := strconv.ParseUint(after, 10, 32)
	return uint32(p), uint32(w), err1 == nil && err2 == nil
}

// quantity reads a Kubernetes quantity as resource.ParseQuantity does, but no exponents, which nobody writes, and in a tenth of the
// time. It must be short.
func quantity(text string) (float64, bool) {
	end := len(text)
	for end > 0 && !isDigit(text[end-1]) && text[end-1] != '.' {
		end--
	}
	dots := 0
	for i, c := range []byte(text[:end]) {
		if c == '.' {
			dots++
		} else if !isDigit(c) && (c != '-' || i > 0) {
			return 0, false
		}
	}
	if dots > 1 {
		return 0, false // addresses are many, and errors are dear
	}
	unit := scale(text[end:])
	if unit == 0 {
		return 0, false
	}
	n, err := strconv.ParseFloat(text[:end], 64)
	return n * unit, err == nil
}

// scale is what a quantity's suffix stands for, 0 for none of them.
func scale(suffix string) float64 {
	switch suffix {
	case "":
		return 1
	case "n", "u", "m":
		return math.Pow10(3 * (strings.Index("num", suffix) - 3))
	case "k":
		return 1e3
	case "M", "G", "T", "P", "E":
		return math.Pow10(6 + 3*strings.Index("MGTPE", suffix))
	case "Ki", "Mi", "Gi", "Ti", "Pi", "Ei":
		return float64(uint64(1) << (10 + 10*strings.IndexByte("KMGTPE", suffix[0])))
	}
	return 0
}

// last is the key of what comes after everything.
const last = math.MaxUint64

// key is a text's place in a sort by numbers; last when it isn't of that kind.
func (k kind) key(text string) uint64 {
	if len(text) > maxValue {
		return last
	}
	switch k {
	case byNumber:
		head, _, _ := strings.Cut(text, " ")
		if n, err := strconv.ParseFloat(head, 64); err == nil {
			return floatKey(n)
		}
	case byFraction:
		if part, whole, ok := fraction(text); ok {
			share := float32(1) // 0/0 is complete
			if whole > 0 {
				share = float32(part) / float32(whole)
			}
			return uint64(math.Float32bits(share))<<32 | uint64(whole)
		}
	case byQuantity:
		if n, ok := quantity(text); ok {
			return floatKey(n)
		}
	case byDuration:
		if d, ok := Duration(text); ok {
			return uint64(d) //nolint:gosec // G115: never negative
		}
	default:
	}
	return last
}

// floatKey orders as the numbers do, negative ones too.
func floatKey(n float64) uint64 {
	if math.IsNaN(n) {
		return last
	}
	b := math.Float64bits(n + 0) // -0 is 0
	if b>>63 == 1 {
		return ^b
	}
	return b | 1<<63
}
