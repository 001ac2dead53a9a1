package pane

import (
	"strconv"
	"time"
)

const (
	day  = 24 * time.Hour
	year = 365 * day // as Kubernetes counts them
)

// Duration reads what Kubernetes and Go write for people: "45s", "3d4h", "2y45d", "1m3.5s".
func Duration(text string) (d time.Duration, ok bool) {
	if len(text) > maxValue || text == "" || !isDigit(text[0]) || isDigit(text[len(text)-1]) {
		return 0, false // most of what is tried; errors are dear
	}
	for rest := text; rest != ""; {
		digits := 0
		for digits < len(rest) && (isDigit(rest[digits]) || rest[digits] == '.') {
			digits++
		}
		letters := digits
		for letters < len(rest) && !isDigit(rest[letters]) {
			letters++
		}
		n, err := strconv.ParseFloat(rest[:digits], 64)
		u := unit(rest[digits:letters])
		sum := float64(d) + n*float64(u)
		if err != nil || u == 0 || sum >= 1<<63 {
			return 0, false
		}
		d, rest = time.Duration(sum), rest[letters:]
	}
	return d, true
}

func unit(name string) time.Duration {
	switch name {
	case "y":
		return year
	case "w":
		return 7 * day
	case "d":
		return day
	case "h":
		return time.Hour
	case "m":
		return time.Minute
	case "s":
		return time.Second
	case "ms":
		return time.Millisecond
	case "us", "µs":
		return time.Microsecond
	case "ns":
		return time.Nanosecond
	}
	return 0
}

// TimeCell makes the cell of a moment from a server's: "5m" is so long before now; RFC 3339 is taken as it is. The answer is in
// Unix milliseconds, as decimal text, and "" when the server doesn't know either.
func TimeCell(cell string, now time.Time) string {
	if cell == "" || cell[0] == '<' {
		return ""
	}
	if d, ok := Duration(cell); ok {
		return strconv.FormatInt(now.Add(-d).UnixMilli(), 10)
	}
	if t, err := time.Parse(time.RFC3339, cell); err == nil {
		return strconv.FormatInt(t.UnixMilli(), 10)
	}
	return ""
}

// moment is a time in whole seconds since 1970; 0 is unknown. It lasts until 2106.
func moment(milliseconds int64) uint32 {
	if s := milliseconds / 1000; s > 0 && s < 1<<32 {
		return uint32(s)
	}
	return 0
}

// momentCell reads what TimeCell wrote.
func momentCell(cell string) uint32 {
	ms, err := strconv.ParseInt(cell, 10, 64)
	if err != nil {
		return 0
	}
	return moment(ms)
}
