package view

import (
	"slices"
	"strings"
)

// An order key is a number in base 62: four digits before the point (so that adding at either end does not make keys
// longer), any number behind it (so that there is always room in between), compared as text. Moving one member changes
// one key, so two machines that move different members do not disturb each other.
const (
	digits   = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
	whole    = 4
	wholes   = 62 * 62 * 62 * 62
	first    = "V000" // the middle
	longKey  = 64     // beyond it all keys are dealt anew
	maxOrder = 128
)

// Between gives an order key that sorts after a and before b; "" is an open end. It gives "" when there is no room: when
// a is not before b, when b is the very first key, or b is a with zeros behind it; and when one of them is no key.
func Between(a, b string) string {
	if checkOrder(a) != "" || checkOrder(b) != "" {
		return ""
	}
	if a == "" && b == "" {
		return first
	}
	na, fa := split(a)
	nb, fb := split(b)
	switch {
	case b == "":
		if na+1 < wholes {
			return join(na + 1)
		}
		return join(na) + middle(fa, "")
	case a == "":
		if nb > 1 {
			return join(nb - 1)
		}
		na, fa = 0, "" // "0000" itself stays free: nothing could go before it
	}
	switch {
	case nb < na:
		return ""
	case nb-na > 1:
		return join(na + (nb-na)/2)
	case nb-na == 1:
		return join(na) + middle(fa, "")
	}
	if m := middle(fa, fb); m != "" && fb != "" {
		return join(na) + m
	}
	return ""
}

// middle gives a fraction between two others, "" when there is none; b "" is one.
func middle(a, b string) string {
	low := func(i int) byte {
		if i < len(a) {
			return a[i]
		}
		return digits[0]
	}
	if b != "" {
		n := 0
		for n < len(b) && low(n) == b[n] {
			n++
		}
		if n == len(b) {
			return ""
		}
		if n > 0 {
			if m := middle(a[min(n, len(a)):], b[n:]); m != "" {
				return b[:n] + m
			}
			return ""
		}
	}
	da, db := strings.IndexByte(digits, low(0)), len(digits)
	if b != "" {
		db = strings.IndexByte(digits, b[0])
	}
	switch {
	case db < da:
		return ""
	case db-da > 1:
		return digits[(da+db)/2 : (da+db)/2+1]
	case len(b) > 1:
		return b[:1]
	}
	return digits[da:da+1] + middle(a[min(1, len(a)):], "")
}

// split gives the number before the point and the digits behind it.
func split(key string) (int, string) {
	n := 0
	for i := range whole {
		n *= len(digits)
		if i < len(key) {
			n += strings.IndexByte(digits, key[i])
		}
	}
	return n, strings.TrimRight(key[min(whole, len(key)):], digits[:1])
}

func join(n int) string {
	var b [whole]byte
	for i := range b {
		b[whole-1-i] = digits[n%len(digits)]
		n /= len(digits)
	}
	return string(b[:])
}

func checkOrder(s string) string {
	if len(s) > maxOrder || strings.Trim(s, digits) != "" {
		return "must be at most 128 letters and digits"
	}
	return ""
}

// place gives the member a key right before another one, or at the end. Usually that changes one key; where neighbours
// have the same key (two machines added at the end at once) it deals new ones to those, and to all once keys grow long.
func (d *Document) place(id, before string) {
	ids := slices.DeleteFunc(d.Ordered(), func(i string) bool { return i == id })
	at := slices.Index(ids, before)
	if at < 0 {
		at = len(ids)
	}
	low := ""
	if at > 0 {
		low = d.Members[ids[at-1]].Order
	}
	ids = slices.Insert(ids, at, id)
	for end := at + 1; end <= len(ids); end++ {
		high := ""
		if end < len(ids) {
			if high = d.Members[ids[end]].Order; high == "" {
				continue // no key is before ""
			}
		}
		if keys := deal(low, high, end-at); keys != nil {
			d.setOrders(ids[at:end], keys)
			break
		}
	}
	for _, i := range ids {
		if len(d.Members[i].Order) > longKey {
			d.setOrders(ids, deal("", "", len(ids)))
			break
		}
	}
}

// deal gives n ascending keys between two others, or nil.
func deal(low, high string, n int) []string {
	keys := make([]string, n)
	for i := range keys {
		if low = Between(low, high); low == "" {
			return nil
		}
		keys[i] = low
	}
	return keys
}

func (d *Document) setOrders(ids, keys []string) {
	for i, id := range ids {
		m := d.Members[id]
		m.Order = keys[i]
		d.Members[id] = m
	}
}
