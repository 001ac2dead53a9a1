package main

import (
	"bytes"
	"fmt"
	"math"
)

// Of the plot, px.
const (
	panelWidth, panelHeight = 230, 200
	panelGap                = 60
	plotMargin              = 45
)

// plot draws what a table costs against its rows as an SVG: three panels with both axes logarithmic, where a straight line that
// rises as steeply as the grey one is linear. Its colours are to be read on white and on black.
func plot(costs []sizeCost) []byte {
	panels := []struct {
		title string
		of    func(sizeCost) float64
	}{
		{"time to list, s", func(c sizeCost) float64 { return c.Seconds }},
		{"Go’s heap, MB", func(c sizeCost) float64 { return c.MB }},
		{"window p99, ms", func(c sizeCost) float64 { return c.P99 }},
	}
	width, height := len(panels)*(panelWidth+panelGap)+plotMargin, panelHeight+2*plotMargin
	var b bytes.Buffer
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="12" fill="#808080">`+"\n", width, height)
	for i, p := range panels {
		values := make([]float64, 0, len(costs))
		for _, c := range costs {
			values = append(values, p.of(c))
		}
		fmt.Fprintf(&b, `<g transform="translate(%d %d)">`+"\n", plotMargin+i*(panelWidth+panelGap), plotMargin)
		drawPanel(&b, p.title, costs, values)
		b.WriteString("</g>\n")
	}
	b.WriteString("</svg>\n")
	return b.Bytes()
}

func drawPanel(b *bytes.Buffer, title string, costs []sizeCost, values []float64) {
	lowX, highX := decades(float64(costs[0].Rows), float64(costs[len(costs)-1].Rows))
	least, most := values[0], values[0]
	for _, v := range values {
		least, most = min(least, v), max(most, v)
	}
	lowY, highY := decades(least, most)
	x := func(v float64) float64 { return panelWidth * (math.Log10(v) - lowX) / (highX - lowX) }
	y := func(v float64) float64 { return panelHeight * (1 - (math.Log10(v)-lowY)/(highY-lowY)) }
	fmt.Fprintf(b, `<text x="0" y="-16" font-size="14">%s</text><rect width="%d" height="%d" fill="none" stroke="#808080"/>`+"\n", title, panelWidth, panelHeight)
	for d := lowX; d <= highX; d++ {
		at := x(math.Pow(10, d))
		fmt.Fprintf(b, `<path d="M%.1f 0V%d" stroke="#808080" stroke-opacity=".25"/><text x="%.1f" y="%d" text-anchor="middle">%s</text>`+"\n",
			at, panelHeight, at, panelHeight+18, short(math.Pow(10, d)))
	}
	for d := lowY; d <= highY; d++ {
		at := y(math.Pow(10, d))
		fmt.Fprintf(b, `<path d="M0 %.1fH%d" stroke="#808080" stroke-opacity=".25"/><text x="-6" y="%.1f" text-anchor="end">%s</text>`+"\n",
			at, panelWidth, at+4, short(math.Pow(10, d)))
	}
	// As steep as linear, through the last point.
	last := costs[len(costs)-1]
	from := max(math.Pow(10, lowX), float64(last.Rows)*math.Pow(10, lowY)/values[len(values)-1])
	fmt.Fprintf(b, `<path d="M%.1f %.1fL%.1f %.1f" stroke="#808080" stroke-dasharray="4 4"/>`+"\n",
		x(from), y(values[len(values)-1]*from/float64(last.Rows)), x(float64(last.Rows)), y(values[len(values)-1]))
	b.WriteString(`<polyline fill="none" stroke="#06c" stroke-width="2" points="`)
	for i, c := range costs {
		fmt.Fprintf(b, "%.1f,%.1f ", x(float64(c.Rows)), y(values[i]))
	}
	b.WriteString("\"/>\n")
	for i, c := range costs {
		fmt.Fprintf(b, `<circle cx="%.1f" cy="%.1f" r="3.5" fill="#06c"/>`+"\n", x(float64(c.Rows)), y(values[i]))
	}
}

// decades are the powers of ten around values.
func decades(least, most float64) (low, high float64) {
	low, high = math.Floor(math.Log10(least)), math.Ceil(math.Log10(most))
	return low, max(high, low+1)
}

// short is a number as an axis has it.
func short(v float64) string {
	if v >= 1000 {
		return fmt.Sprintf("%gk", v/1000)
	}
	return fmt.Sprintf("%g", v)
}
