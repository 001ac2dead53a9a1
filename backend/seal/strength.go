package seal

import (
	"math"
	"slices"
	"strings"
	"unicode"

	"github.com/binnacle-dev/binnacle/backend/secret"
)

// MinScore is the least Score with which a view may be sealed.
const MinScore = 3

// Strength is an estimate of how hard a passphrase is to guess.
//
// It is a rough one, on the careful side: what looks like words counts as words, what repeats or runs in a row counts for
// next to nothing, what everybody uses counts for nothing. It knows no dictionary and nothing about the person, so a line of a
// song or a child's name with a birthday gets more than it deserves; Advice says what to do instead.
type Strength struct {
	Score  int     // 0 hopeless, 1 weak, 2 not enough, 3 good, 4 strong
	Bits   float64 // log2 of the guesses that somebody needs who knows how people choose
	Advice string  // what would make it better; "" when strong
}

// With the work factor of Wrap a rented hall of machines tries some 2^42 passphrases a year; Score 3 begins above it.
const (
	bitsWeak   = 25
	bitsSome   = 35
	bitsGood   = 45
	bitsStrong = 60
	maxRated   = 256 // characters; more adds nothing
)

// The advice.
const (
	adviceEmpty  = "Choose a passphrase: four or more unrelated words are strong and easy to keep in mind."
	adviceCommon = "It holds a password that everybody knows, and that is tried first. Use four or more unrelated words."
	adviceRows   = "Rows and repeats, like 1234, qwerty or aaaa, add next to nothing. Use four or more unrelated words."
	adviceShort  = "It is too short. Use four or more unrelated words, or at least twelve random characters."
	adviceMore   = "One or two more unrelated words would make it good."
	adviceStrong = "One more word would make it strong."
)

// Rate estimates a passphrase. It keeps and logs nothing.
func Rate(pass secret.Value) Strength {
	runes := []rune(normal(pass))
	r := rater{typed: runes[:min(len(runes), maxRated)]}
	r.low = []rune(plainLetters(r.typed))
	for at := 0; at < len(r.low); {
		at += r.step(at)
	}
	s := Strength{Bits: math.Round(r.bits*10) / 10}
	for _, limit := range []float64{bitsWeak, bitsSome, bitsGood, bitsStrong} {
		if s.Bits >= limit {
			s.Score++
		}
	}
	switch {
	case len(runes) == 0:
		s.Advice = adviceEmpty
	case s.Score == 4:
	case s.Score == MinScore:
		s.Advice = adviceStrong
	case r.common:
		s.Advice = adviceCommon
	case r.rows:
		s.Advice = adviceRows
	case s.Score < 2:
		s.Advice = adviceShort
	default:
		s.Advice = adviceMore
	}
	return s
}

type rater struct {
	typed, low   []rune // as typed; in lower case with 0 for o and the like undone
	bits         float64
	common, rows bool
}

// step adds what begins at a place and gives its length.
func (r *rater) step(at int) int {
	if n := r.known(at); n > 0 {
		r.common = true
		r.bits += 6
		return n
	}
	if n := max(r.row(at), r.same(at), r.again(at)); n > 0 {
		r.rows = true
		r.bits += 4 + math.Log2(float64(n))
		return n
	}
	if n := r.year(at); n > 0 {
		r.bits += 6
		return n
	}
	n := 1
	for r.isLetter(at) && at+n < len(r.low) && r.isLetter(at+n) && r.known(at+n) == 0 &&
		max(r.row(at+n), r.same(at+n), r.again(at+n)) == 0 {
		n++
	}
	if n < 3 && r.isLetter(at) && r.isGap(at-1) && r.isGap(at+n) {
		r.bits += 3 // I, my, to
		return n
	}
	r.bits += worth(r.typed[at : at+n])
	return n
}

// isLetter asks for a letter as typed: 0 is none, though it may stand for one in a known word.
func (r *rater) isLetter(at int) bool { return unicode.IsLetter(r.typed[at]) }

// isGap says whether there is no letter or figure.
func (r *rater) isGap(at int) bool {
	return at < 0 || at >= len(r.typed) || !unicode.IsLetter(r.typed[at]) && !unicode.IsDigit(r.typed[at])
}

// worth is that of letters in a row, or of one other character.
func worth(s []rune) float64 {
	n := float64(len(s))
	switch {
	case unicode.Is(unicode.Han, s[0]):
		return 4.5 * n
	case unicode.IsDigit(s[0]):
		return 3.3
	case unicode.IsSpace(s[0]):
		return 0.5
	case !unicode.IsLetter(s[0]):
		return 4
	case len(s) < 3:
		return 4.7 * n
	}
	upper, vowels := 0, 0
	for _, c := range s {
		if unicode.IsUpper(c) {
			upper++
		}
		if c > unicode.MaxASCII || strings.ContainsRune("aeiouyAEIOUY", c) {
			vowels++
		}
	}
	bits := 1.9 * n // a word taken at random is worth some 11 to 13 bits
	if share := float64(vowels) / n; share < 0.18 {
		bits = 3.8 * n
	}
	switch {
	case upper == 0:
	case upper == 1 && unicode.IsUpper(s[0]) || upper == len(s):
		bits++
	default:
		bits += 0.6 * n
	}
	return bits
}

// known finds the longest of the words that everybody uses.
func (r *rater) known(at int) int {
	longest := 0
	for word := range strings.FieldsSeq(everybodys) {
		if len(word) > longest && at+len(word) <= len(r.low) && string(r.low[at:at+len(word)]) == word {
			longest = len(word)
		}
	}
	return longest
}

// row finds neighbours on a keyboard or in the alphabet, either way: at least three figures or four letters.
func (r *rater) row(at int) int {
	longest := 0
	for keys := range strings.FieldsSeq("0123456789 1234567890 abcdefghijklmnopqrstuvwxyz qwertyuiop qwertzuiop azertyuiop asdfghjkl zxcvbnm yxcvbnm") {
		for range 2 {
			n := 0
			for from := strings.IndexRune(keys, unicode.ToLower(r.typed[at])); from >= 0 && from+n < len(keys) && at+n < len(r.typed) &&
				rune(keys[from+n]) == unicode.ToLower(r.typed[at+n]); {
				n++
			}
			longest = max(longest, n)
			keys = backwards(keys)
		}
	}
	if least := 4; longest >= least || longest == least-1 && unicode.IsDigit(r.typed[at]) {
		return longest
	}
	return 0
}

// same finds one character three times or more.
func (r *rater) same(at int) int {
	n := 1
	for at+n < len(r.typed) && r.typed[at+n] == r.typed[at] {
		n++
	}
	if n < 3 {
		return 0
	}
	return n
}

// again finds four characters or more that were there before, or go on as they did.
func (r *rater) again(at int) int {
	longest := 0
	for from := range at {
		n := 0
		for at+n < len(r.low) && r.low[from+n] == r.low[at+n] {
			n++
		}
		longest = max(longest, n)
	}
	if longest < 4 {
		return 0
	}
	return longest
}

func (r *rater) year(at int) int {
	if at+4 > len(r.typed) {
		return 0
	}
	y := string(r.typed[at : at+4])
	if y >= "1900" && y <= "2099" && strings.Trim(y, "0123456789") == "" {
		return 4
	}
	return 0
}

func backwards(s string) string {
	b := []byte(s)
	slices.Reverse(b)
	return string(b)
}

// plainLetters undoes the disguises that every guesser knows. One character stays one.
func plainLetters(s []rune) string {
	return strings.Map(func(c rune) rune {
		if i := strings.IndexRune("@4310!57$", c); i >= 0 {
			return rune("aaeloists"[i])
		}
		return unicode.ToLower(c)
	}, string(s))
}

// everybodys are words out of the lists of leaked passwords, and out of what lies at hand here; in plainLetters' form.
const everybodys = `password passwort passw0rd letmein welcome admin administrator root login secret geheim changeme default
	qwerty qwertz azerty iloveyou monkey dragon sunshine princess football baseball shadow master superman batman trustno
	whatever hello freedom starwars pokemon summer winter spring autumn january february monday friday london berlin
	correcthorsebatterystaple correct horse battery staple kubernetes openshift rancher cluster binnacle trilio triliovault velero
	backup docker google github test user guest passphrase`
