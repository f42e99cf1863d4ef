// Loop + threads: one goroutine takes requests; a pool behind a channel computes.
package main

import (
	"fmt"
	"math/big"
)

func worker(jobs <-chan int64, answers chan<- int) {
	for n := range jobs {
		answers <- new(big.Int).MulRange(1, n).BitLen() // work(n)
	}
}

func main() {
	jobs, answers := make(chan int64, 4), make(chan int)
	go worker(jobs, answers)
	go worker(jobs, answers)
	for n := range int64(4) {
		jobs <- 50_000 * n // a request comes in
	}
	fmt.Println(<-answers, <-answers, <-answers, <-answers)
}
