//go:build race

package api

// raceDetector tells that the tests run some ten times slower.
const raceDetector = true
