// Actors: goroutines that own their data. Only messages cross, through channels.
package main

import "fmt"

func actor(inbox <-chan int, answers chan<- int) {
	sum := 0 // this actor's own: no other can reach it
	for n := range inbox {
		sum += n
		answers <- sum
	}
}

func main() {
	a, b, answers := make(chan int), make(chan int), make(chan int)
	go actor(a, answers)
	go actor(b, answers)
	for n := range 4 {
		a <- n
		b <- 10 * n
		fmt.Println(<-answers, <-answers)
	}
}
