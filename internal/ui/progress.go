package ui

import (
	"io"
	"time"

	"github.com/schollz/progressbar/v3"
)

func progress(w io.Writer, n int) (step func(), done func()) {
	start := time.Now()
	var bar *progressbar.ProgressBar
	count := 0
	step = func() {
		count++
		if bar == nil && time.Since(start) > time.Second {
			bar = progressbar.NewOptions(n,
				progressbar.OptionSetWriter(w), progressbar.OptionSetDescription("building"),
				progressbar.OptionShowCount(), progressbar.OptionClearOnFinish(),
				progressbar.OptionThrottle(100*time.Millisecond))
		}
		if bar != nil {
			_ = bar.Set(count) // errors of the terminal are ignored
		}
	}
	return step, func() {
		if bar != nil {
			_ = bar.Finish() // errors of the terminal are ignored
		}
	}
}
