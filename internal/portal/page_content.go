package portal

// Content is a page that every portal has, such as one on privacy.
type Content struct {
	// ID is stable, and the page's address is made of it.
	ID    string
	Title string
	Body  Text
}
