package seal_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/binnacle-dev/binnacle/backend/seal"
)

func TestRate(t *testing.T) {
	cases := map[string]struct {
		least, most int
		advice      string // a part of it
	}{
		"":                                     {0, 0, "Choose"},
		"x":                                    {0, 0, "too short"},
		"password":                             {0, 0, "everybody knows"},
		"P@ssw0rd!":                            {0, 0, "everybody knows"},
		"Password2024!":                        {0, 0, "everybody knows"},
		"Kubernetes123":                        {0, 0, "everybody knows"},
		"correct horse battery staple":         {0, 1, "everybody knows"},
		"123456789012345678901234567890":       {0, 0, "Rows and repeats"},
		"asdfghjklpoiuytrewq":                  {0, 0, "Rows and repeats"},
		"zyxwvutsrqponmlkjihgfedcba":           {0, 0, "Rows and repeats"},
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa": {0, 0, "Rows and repeats"},
		"tangoztangoztangoztangoztangoz":       {0, 1, "Rows and repeats"},
		"abababababababababababababababababab": {0, 1, "Rows and repeats"},
		"19841984198419841984":                 {0, 0, ""},
		"Rosalind":                             {0, 0, "too short"},
		"Rosalind1987":                         {0, 1, "too short"},
		"giraffe lantern":                      {1, 2, ""},
		"giraffe lantern mustard":              {2, 2, "One or two more"},
		"giraffe lantern mustard pebble":       {3, 3, "One more"},
		"giraffe lantern mustard pebble violin trumpet": {4, 4, ""},
		"giraffelanternmustardpebble":                   {3, 4, ""},
		"xK9#qLm2$vRt8":                                 {3, 4, ""},
		"xK9#qLm2$vRt8&Yw4!":                            {4, 4, ""},
		"My dog Rex was born in 2015!":                  {1, 2, ""},
		"jvkqzhwpxtrb":                                  {3, 3, ""},
		"7h2Kp":                                         {0, 0, "too short"},
		"831957204618":                                  {1, 2, ""},
		"Grünkohl Fenster Bratpfanne Leuchtturm":        {4, 4, ""},
		"東京の空に赤い月が昇る夜":                                  {2, 4, ""},
	}
	for typed, c := range cases {
		t.Run(typed, func(t *testing.T) {
			got := seal.Rate(pass(typed))
			if got.Score < c.least || got.Score > c.most {
				t.Errorf("score %d (%.1f bits), want %d to %d", got.Score, got.Bits, c.least, c.most)
			}
			if !strings.Contains(got.Advice, c.advice) {
				t.Errorf("advice %q, want ...%q...", got.Advice, c.advice)
			}
			if (got.Advice == "") != (got.Score == 4) {
				t.Errorf("score %d with the advice %q", got.Score, got.Advice)
			}
		})
	}
}

// More typed is never worth less, a bound holds, and a macOS and a Linux keyboard give the same.
func TestRateIsFair(t *testing.T) {
	words := strings.Fields("giraffe lantern mustard pebble violin trumpet")
	last := 0.0
	for n := range words {
		bits := seal.Rate(pass(strings.Join(words[:n+1], " "))).Bits
		if bits <= last {
			t.Errorf("%d words: %.1f bits after %.1f", n+1, bits, last)
		}
		last = bits
	}
	if a, b := seal.Rate(pass("Grüße")), seal.Rate(pass("Gru\u0308ße")); a != b {
		t.Errorf("%v and %v", a, b)
	}
	r, text := rand.New(rand.NewPCG(1, 2)), make([]rune, 20_000)
	for i := range text {
		text[i] = rune('!' + r.IntN(90))
	}
	long := seal.Rate(pass(string(text)))
	if long.Bits > 256*7 {
		t.Errorf("%v", long)
	}
}

func FuzzRate(f *testing.F) {
	f.Add("Password1234")
	f.Add("\xff\u0308\u202e")
	f.Fuzz(func(t *testing.T, typed string) {
		got := seal.Rate(pass(typed))
		if got.Score < 0 || got.Score > 4 || got.Bits < 0 || got.Bits > 256*8 {
			t.Fatalf("%+v", got)
		}
	})
}
