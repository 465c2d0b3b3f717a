package seal

// SealLocal seals data that the program stores on the provider's machine, bound to a name. The
// nonce is random.
func (m Master) SealLocal(name string, text []byte) []byte {
	nonce := random(nonceSize)
	return m.derive("local-key").gcm().Seal(nonce, nonce, text, labelled("local", []byte(name)))
}

// OpenLocal opens data that SealLocal sealed, in its place: sealed is overwritten. The error is ErrRefused if the
// key, the name or a byte differs.
func (m Master) OpenLocal(name string, sealed []byte) ([]byte, error) {
	if len(sealed) < nonceSize+tagSize {
		return nil, ErrRefused
	}
	bound := labelled("local", []byte(name))
	text, err := m.derive("local-key").gcm().Open(sealed[nonceSize:nonceSize], sealed[:nonceSize], sealed[nonceSize:], bound)
	if err != nil {
		return nil, ErrRefused
	}
	return text, nil
}
