package podlogs

import (
	"strings"
)

const (
	levelReach = 4 << 10 // how far into a line a level is looked for
	wordReach  = 160     // how far a bare word is: further on it is part of what the line tells
)

// levelOf guesses what a line says of its own importance: by a field of JSON or logfmt, by klog's header, by a word.
func levelOf(line string) Level {
	line = line[:min(len(line), levelReach)]
	if l := headerLevel(line); l != Unknown {
		return l
	}
	trimmed := strings.TrimLeft(line, " \t")
	if strings.HasPrefix(trimmed, "{") {
		return jsonLevel(trimmed)
	}
	if l := logfmtLevel(line); l != Unknown {
		return l
	}
	return wordLevel(line[:min(len(line), wordReach)])
}

// headerLevel reads klog's "E1123 18:25:44.123456".
func headerLevel(line string) Level {
	if len(line) < 8 || line[5] != ' ' || !digits(line[1:5]) || !digits(line[6:8]) {
		return Unknown
	}
	switch line[0] {
	case 'I':
		return Info
	case 'W':
		return Warning
	case 'E', 'F':
		return Error
	}
	return Unknown
}

func digits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}

// jsonLevel finds a level's field in the text of a JSON object. It doesn't parse: a line may be cut, and it may be long.
func jsonLevel(line string) Level {
	for _, key := range [...]string{`"level"`, `"severity"`, `"lvl"`, `"log.level"`, `"@l"`, `"loglevel"`, `"severityText"`, `"levelname"`, `"Level"`, `"LEVEL"`} {
		for rest := line; ; {
			var found bool
			if _, rest, found = strings.Cut(rest, key); !found {
				break
			}
			field, found := strings.CutPrefix(strings.TrimLeft(rest, " "), ":")
			if !found {
				continue // the word is a value here
			}
			if l := named(value(strings.TrimLeft(field, " "))); l != Unknown {
				return l
			}
		}
	}
	return Unknown
}

// value is the string or the number that text begins with.
func value(text string) string {
	if quoted, ok := strings.CutPrefix(text, `"`); ok {
		v, _, _ := strings.Cut(quoted, `"`)
		return v
	}
	end := strings.IndexAny(text, ",} \t")
	if end < 0 {
		return text
	}
	return text[:end]
}

// logfmtLevel finds level=warn and the like; the key must be a word of its own.
func logfmtLevel(line string) Level {
	for _, key := range [...]string{"level=", "lvl=", "severity=", "loglevel="} {
		at := strings.Index(line, key)
		if at < 0 || (at > 0 && line[at-1] != ' ' && line[at-1] != '\t') {
			continue
		}
		if l := named(value(line[at+len(key):])); l != Unknown {
			return l
		}
	}
	return Unknown
}

// wordLevel takes the first word in capitals, or in brackets or before a colon in any case, that names a level.
func wordLevel(line string) Level {
	for start := 0; start < len(line); {
		if !letter(line[start]) {
			start++
			continue
		}
		end := start + 1
		for end < len(line) && (letter(line[end]) || line[end] == '_' || (line[end] >= '0' && line[end] <= '9')) {
			end++
		}
		word := line[start:end]
		marked := (start == 0 && end < len(line) && line[end] == ':') ||
			(start > 0 && end < len(line) && ((line[start-1] == '[' && line[end] == ']') || (line[start-1] == '<' && line[end] == '>')))
		if marked || word == strings.ToUpper(word) {
			if l := named(word); l != Unknown && len(word) > 1 {
				return l
			}
		}
		start = end
	}
	return Unknown
}

func letter(c byte) bool { return (c|0x20) >= 'a' && (c|0x20) <= 'z' }

// named is the level that a logger's word, or bunyan's and pino's number, stands for.
func named(word string) Level {
	if len(word) > 13 {
		return Unknown
	}
	switch strings.ToLower(word) {
	case "trace", "debug", "dbg", "verbose", "fine", "finer", "finest", "10", "20":
		return Debug
	case "info", "information", "informational", "inf", "notice", "note", "30":
		return Info
	case "warn", "warning", "wrn", "40":
		return Warning
	case "error", "err", "eror", "fatal", "ftl", "panic", "dpanic", "crit", "critical", "severe", "alert", "emerg", "emergency", "50", "60":
		return Error
	}
	return Unknown
}
