package markdown

import (
	"html/template"
	"sync"
)

// known caches the HTML of texts: a portal needs most of its texts several times. It starts again empty when
// it holds most texts.
type known struct {
	mu   sync.Mutex
	html map[Text]template.HTML
}

const most = 4096

func (k *known) of(t Text, convert func(Text) template.HTML) template.HTML {
	k.mu.Lock()
	made, ok := k.html[t]
	k.mu.Unlock()
	if ok {
		return made
	}
	made = convert(t)
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.html == nil || len(k.html) >= most {
		k.html = map[Text]template.HTML{}
	}
	k.html[t] = made
	return made
}
