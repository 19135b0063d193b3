#!/usr/bin/env Rscript
# Tests whether the counts of each unit of a panel vary more than a Poisson process's: a plugin for casus in R.
# Needs no package: the request is canonical JSON on one line, of which it takes what it needs by patterns.

description <- paste0(
  '{"type":"describe","protocol":1,"id":"dispersion","kind":"analyzer","name":"Index of dispersion",',
  '"summary":"Tests whether the counts of each unit vary more than those of a Poisson process.","version":"1.0",',
  '"behaviour":1,"deterministic":true,',
  '"citation":"Fisher, R. A. (1950). The significance of deviations from expectation in a Poisson series. Biometrics 6.",',
  '"requires":{"tables":[{"plugin":"panel","table":"panel"}]},',
  '"outputs":[{"name":"dispersion","summary":"A row is a unit of the panel.","keys":["unit"],"columns":[',
  '{"name":"unit","kind":"text","meaning":"the unit; two actors are joined by a dash"},',
  '{"name":"periods","kind":"integer","unit":"periods","meaning":"periods in the panel"},',
  '{"name":"mean","kind":"real","unit":"events","meaning":"mean of the counts"},',
  '{"name":"index","kind":"real","meaning":"variance divided by mean; empty where there is no event"},',
  '{"name":"p_value","kind":"real","unit":"probability","meaning":"that a Poisson process varies as much"},',
  '{"name":"adjusted","kind":"real","unit":"probability","meaning":"the same, adjusted over units by Holm"}]}],',
  '"parameters":{"type":"object","additionalProperties":false,"properties":{"level":{"type":"number","minimum":0.0001,',
  '"maximum":0.5,"default":0.05,"description":"Below which adjusted p-value a unit counts as overdispersed."}}}}')

mode <- commandArgs(trailingOnly = TRUE)
if (identical(mode, "describe")) {
  cat(description, "\n", sep = "")
  quit(status = 0)
}
if (!identical(mode, "run")) {
  message("usage: dispersion.R describe|run")
  quit(status = 64)
}

request <- readLines(file("stdin"), n = 1, encoding = "UTF-8")
taken <- function(pattern) sub(paste0(".*", pattern, ".*"), "\\1", request)
level <- as.numeric(taken('"level":([0-9.eE-]+)'))
output <- taken('"output":"([^"]*)"')
panel <- read.csv(
  taken('"path":"([^"]*/panel\\.csv)"'), check.names = FALSE, na.strings = "", encoding = "UTF-8",
  colClasses = c(period = "character"))
names <- intersect(c("actor1", "actor2", "actor", "admin1", "country"), colnames(panel))
unit <- do.call(paste, c(lapply(panel[names], as.character), sep = " \u2013 "))

number <- function(value) ifelse(is.finite(value), formatC(value, digits = 15, format = "g", width = -1), "")
counts <- split(panel$events, factor(unit, levels = sort(unique(unit), method = "radix")))
counts <- lapply(counts, function(values) values[!is.na(values)])
periods <- vapply(counts, length, 0L)
means <- vapply(counts, mean, 0)
index <- vapply(counts, var, 0) / means
index[!is.finite(index)] <- NA
p <- pchisq((periods - 1) * index, pmax(periods - 1, 1), lower.tail = FALSE)
adjusted <- p.adjust(p, "holm")

quoted <- function(text) paste0('"', gsub('"', '""', text), '"')
lines <- character(0)
if (length(counts) > 0) {
  lines <- paste(
    quoted(names(counts)), periods, trimws(number(means)), trimws(number(index)), trimws(number(p)),
    trimws(number(adjusted)), sep = ",")
}
connection <- file(file.path(output, "dispersion.csv"), open = "w", encoding = "UTF-8")
writeLines(c("unit,periods,mean,index,p_value,adjusted", lines), connection)
close(connection)

more <- sum(adjusted < level, na.rm = TRUE)
tested <- sum(!is.na(adjusted))
cat(sprintf('{"type":"table","name":"dispersion","path":"dispersion.csv","rows":%d}\n', length(counts)))
cat(sprintf(paste0(
  '{"type":"finding","strength":"descriptive","numbers":{"units":%d,"overdispersed":%d},"events":[],',
  '"sentence":"The counts of %d of %d units vary more than those of a Poisson process (Fisher\'s index of dispersion, ',
  'adjusted by Holm, level %g)."}\n'), tested, more, more, tested, level))
cat('{"type":"done"}\n')
