package portal

// Content is a page that every portal has, such as one on privacy.
type Content struct {
	// ID is stable; the page's address is made from it.
	ID    string
	Title string
	Body  Text
}
