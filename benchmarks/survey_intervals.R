# Intervals of R's survey package for stratified samples, many at a call.
#
# In, on standard input: a line with alpha, a line with the records of each stratum, a line with
# those drawn of each, then one line of yes by stratum for each sample.
# Out: one line a sample, a lower and an upper limit for each method; NA where there is none.

suppressMessages(library(survey))

methods <- c("logit", "likelihood", "asin", "beta", "mean", "xlogit")

lines <- readLines(file("stdin"))
numbers <- lapply(strsplit(lines, " "), as.numeric)
alpha <- numbers[[1]]
size <- numbers[[2]]
drawn <- numbers[[3]]
samples <- numbers[-(1:3)]

records <- data.frame(
  stratum = rep(seq_along(drawn), drawn),
  weight = rep(size / drawn, drawn),
  size = rep(size, drawn),
  place = sequence(drawn),
  y = 0
)
design <- svydesign(ids = ~1, strata = ~stratum, weights = ~weight, fpc = ~size, data = records)

limits <- function(method) {
  found <- tryCatch(
    suppressWarnings(attr(svyciprop(~y, design, method = method, level = 1 - alpha), "ci")),
    error = function(condition) c(NA, NA)
  )
  as.numeric(found)
}

for (yes in samples) {
  design$variables$y <- as.numeric(records$place <= yes[records$stratum])
  cat(sprintf("%.17g", unlist(lapply(methods, limits))), "\n")
}
