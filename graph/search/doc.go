// Package search finds sentences of the graph's documents by their words.
//
// In: the documents of a graph with their texts and mentions. Out: sentences
// with the places of the words in them and the entities that they name. A
// query's words, parted by spaces, must all stand in the sentence as written
// (in either width and case); where no sentence has them all, those that have
// most of their pairs of characters are given and the answer says so.
//
// The index is Bleve's, with its Chinese analyzer: every two neighbouring
// characters are a term and a phrase query joins them, so that any part of any
// name is found. Words from jieba as terms would miss 关区 or a new company's
// name cut another way in the query than in the text, and would cost the
// server a second and 135 MB at start for the dictionary.
//
// The index lies in a directory of its own beside the store and is brought up
// to date document by document: one whose text is indexed is not read again.
package search
