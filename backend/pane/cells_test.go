package pane

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"k8s.io/apimachinery/pkg/api/resource"
	"k8s.io/apimachinery/pkg/util/duration"
)

func TestNatural(t *testing.T) {
	ordered := []string{
		"", "-", "0", "00", "01", "1", "2", "10", "10.0.0.2", "10.0.0.10", "10.128.123.44", "10.128.123.45", "99999999999999999999",
		"100000000000000000000", "a", "B", "pod", "Pod", "pod-01", "pod-1", "pod-2", "pod-2-a", "pod-10", "pod-11b", "pöd",
	}
	for i, a := range ordered {
		for j, b := range ordered {
			if got := Natural(a, b); got != cmp.Compare(i, j) && !strings.EqualFold(a, b) {
				t.Errorf("Natural(%q, %q) = %d", a, b, got)
			}
		}
	}
	if Natural("a", "A") == 0 {
		t.Error("texts that differ in case are the same")
	}
}

// FuzzNatural holds that the order is one, and that beginnings say nothing else than the whole texts.
func FuzzNatural(f *testing.F) {
	f.Add("pod-2", "pod-10", "pod-02")
	f.Add("10.0.0.1", "10.0.0.10", "1\xff")
	f.Add(strings.Repeat("7", 300), strings.Repeat("7", 299), strings.Repeat("7", 254)+"x")
	f.Add("aaaaaaaaaaaaaaa123456789012", "aaaaaaaaaaaaaaa12345678901", "\x00")
	f.Fuzz(func(t *testing.T, a, b, c string) {
		if Natural(a, b) != -Natural(b, a) || (Natural(a, b) == 0) != (a == b) {
			t.Fatalf("%q against %q: %d and %d", a, b, Natural(a, b), Natural(b, a))
		}
		if Natural(a, b) < 0 && Natural(b, c) < 0 && Natural(a, c) >= 0 {
			t.Fatalf("%q < %q < %q, but not the first and the last", a, b, c)
		}
		x, y := strings.ToLower(a), strings.ToLower(b)
		if p := prefixOf(x).compare(prefixOf(y)); p != 0 && p != natural(x, y) {
			t.Fatalf("%q against %q is %d, their beginnings %d", x, y, natural(x, y), p)
		}
		if strings.Contains(x, y) && marksOf(x)&marksOf(y) != marksOf(y) {
			t.Fatalf("%q is in %q, but its marks aren't", y, x)
		}
	})
}

func TestDuration(t *testing.T) {
	for text, want := range map[string]time.Duration{
		"0s": 0, "45s": 45 * time.Second, "3d4h": 76 * time.Hour, "2y45d": 2*year + 45*day, "1h2m3.5s": time.Hour + 2*time.Minute + 3500*time.Millisecond,
		"250ms": 250 * time.Millisecond, "7µs": 7 * time.Microsecond,
	} {
		if got, ok := Duration(text); !ok || got != want {
			t.Errorf("Duration(%q) = %v, %v", text, got, ok)
		}
	}
	for _, text := range []string{"", "5", "m", "-5m", "<none>", "5 m", "1.2.3s", "5mm", "10Gi", "9999999y", strings.Repeat("1s", 30)} {
		if got, ok := Duration(text); ok {
			t.Errorf("Duration(%q) = %v, want none", text, got)
		}
	}
	for seconds := int64(1); seconds < 12*365*86400; seconds = seconds*5/4 + 1 {
		d := time.Duration(seconds) * time.Second
		if got, ok := Duration(duration.HumanDuration(d)); !ok || got > d || float64(got) < float64(d)*0.87 {
			t.Errorf("%v is told as %s and read as %v", d, duration.HumanDuration(d), got)
		}
	}
}

func TestTimeCell(t *testing.T) {
	now := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	for cell, want := range map[string]string{
		"5m": strconv.FormatInt(now.Add(-5*time.Minute).UnixMilli(), 10), "2026-11-23T12:00:00Z": strconv.FormatInt(now.UnixMilli(), 10),
		"": "", "<unknown>": "", "<invalid>": "", "soon": "",
	} {
		if got := TimeCell(cell, now); got != want {
			t.Errorf("TimeCell(%q) = %q, want %q", cell, got, want)
		}
	}
}

// TestQuantity reads as Kubernetes does.
func TestQuantity(t *testing.T) {
	for _, text := range []string{
		"0", "1", "-1", "1.5", "250m", "10Gi", "900Mi", "1.5Ti", "3k", "7M", "2G", "4T", "1P", "1E", "5Ki", "1Pi", "1Ei", "12u", "9n", "5.",
		"", "1.2.3", "1K", "1gi", "10 Gi", "1/3", "1iG", "--1", "0x10", "1_000", "NaN", "1kk", "mm", "1nu", "1GT",
	} {
		want, err := resource.ParseQuantity(text)
		got, ok := quantity(text)
		if ok != (err == nil) || ok && math.Abs(got-want.AsApproximateFloat64()) > 1e-9*math.Abs(got) {
			t.Errorf("quantity(%q) = %v, %v; want %v, %v", text, got, ok, want.AsApproximateFloat64(), err)
		}
	}
	for _, text := range []string{"m", "-", "Gi", "."} { // 0 to Kubernetes
		if got, ok := quantity(text); ok {
			t.Errorf("quantity(%q) = %v, want none", text, got)
		}
	}
}

func TestKeys(t *testing.T) {
	for name, c := range map[string]struct {
		kind    kind
		ordered []string
	}{
		"numbers":    {byNumber, []string{"-12", "-3.5", "0", "0.25", "5 (3m ago)", "10", "1e3", "none"}},
		"fractions":  {byFraction, []string{"0/1", "0/3", "1/3", "2/3", "0/0", "1/1", "3/3", "odd"}},
		"quantities": {byQuantity, []string{"-1", "0", "250m", "1", "900Mi", "1Gi", "10G", "x"}},
		"durations":  {byDuration, []string{"0s", "50s", "3m", "2m90s", "1h", "1d", "5"}},
	} {
		t.Run(name, func(t *testing.T) {
			var keys []uint64
			for _, text := range c.ordered {
				keys = append(keys, c.kind.key(text))
			}
			if !slices.IsSorted(keys) || keys[len(keys)-1] != last {
				t.Errorf("%v have the keys %v", c.ordered, keys)
			}
		})
	}
}

// FuzzCell holds that no text breaks what reads cells, and that what looks like something is read as that.
func FuzzCell(f *testing.F) {
	for _, text := range []string{"", "5", "5 (3m ago)", "1/3", "10Gi", "3d4h", "1e999999999", "9999999999999999999/1", "\xff", "Init:0/1", "a,b,c"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		s := shapesOf(text)
		for i, k := range [shapeCount]kind{byNumber, byFraction, byQuantity, byDuration} {
			if s&(1<<i) != 0 && k.key(text) == last {
				t.Errorf("%q has the shape %d but no key", text, i)
			}
		}
		if tone := toneOf(text); tone < none || tone > bad {
			t.Errorf("%q has the tone %d", text, tone)
		}
		if made := momentCell(TimeCell(text, time.Unix(1_790_000_000, 0))); made > 0 && blank(text) {
			t.Errorf("%q is at %d", text, made)
		}
		packed := MakeLabels(func(yield func(string, string) bool) { _ = yield(text, "v") && yield("z"+text, text) })
		if value, ok := packed.Lookup(text); !strings.ContainsAny(text, ",=") && (!ok || value != "v") {
			t.Errorf("label %q is %q, %v in %q", text, value, ok, packed)
		}
	})
}

func TestTones(t *testing.T) {
	for text, want := range map[string]Tone{
		"Running": ToneGood, "Completed": ToneGood, "Ready": ToneGood, "Bound": ToneGood, "Active": ToneGood, "Available": ToneGood,
		"True": ToneGood, "Healthy": ToneGood, "Succeeded": ToneGood, "Deployed": ToneGood, "Approved,Issued": ToneGood, "Updated": ToneGood,
		"Pending": ToneBusy, "Terminating": ToneBusy, "ContainerCreating": ToneBusy, "Init:0/2": ToneBusy, "InProgress": ToneBusy,
		"In Progress": ToneBusy, "Queued": ToneBusy, "WaitingForPluginOperations": ToneBusy, "Coalescing": ToneBusy, "Provisioning": ToneBusy,
		"Ready,SchedulingDisabled": ToneWarning, "PartiallyFailed": ToneWarning, "Degraded": ToneWarning, "Unknown": ToneWarning,
		"OutOfSync": ToneWarning, "Warning": ToneWarning, "Canceled": ToneWarning,
		"CrashLoopBackOff": ToneBad, "ImagePullBackOff": ToneBad, "Init:CrashLoopBackOff": ToneBad, "Init:Error": ToneBad, "Failed": ToneBad,
		"NotReady": ToneBad, "NotReady,SchedulingDisabled": ToneBad, "Lost": ToneBad, "Unavailable": ToneBad, "False (MissingEndpoints)": ToneBad,
		"OOMKilled": ToneBad, "ExitCode:1": ToneBad, "FailedValidation": ToneBad, "Expired": ToneBad, "SomethingFailed": ToneBad,
		"Normal": ToneNone, "": ToneNone, "<none>": ToneNone, "ClusterIP": ToneNone, "stored artifact for revision main": ToneNone,
	} {
		if got := toneOf(text).Tone(); got != want {
			t.Errorf("%q is %s, want %s", text, got, want)
		}
	}
}
