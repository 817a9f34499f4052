"""What a coded sample says about its frame: estimates with intervals that hold.

The parameter belongs to the finite frame and the only chance is the draw's. Imports no numeric
library until an interval is asked for.
"""

from sampling.estimation.anytime import anytime, anytime_domain
from sampling.estimation.certificates import Certificates, IntervalOfStrata, is_at_odds
from sampling.estimation.clustered_ratio import ratio
from sampling.estimation.counts import ClusterCount, DomainCount, StratumCount
from sampling.estimation.declared_stop import StoppingRule, declared_stop, stops
from sampling.estimation.design_weights import design_weights
from sampling.estimation.interval import Interval, Method
from sampling.estimation.measured_error import Corrected, MeasuredRate, corrected, measured_rate
from sampling.estimation.promises import PROMISES
from sampling.estimation.reliability import Flag, reliability
from sampling.estimation.simple_sample import single
from sampling.estimation.size_weighted import size_weighted
from sampling.estimation.stratified_sample import (
    Limits,
    key_of,
    method_of,
    preview,
    stratified,
)
from sampling.estimation.totals import Total, domain_size, domain_total, total
from sampling.estimation.two_stage import two_stage
from sampling.estimation.unknown_domain import domain
from sampling.estimation.weighted_records import (
    WeightedRecord,
    WeightedStratum,
    total_of_numerators,
)

__all__ = [
    "PROMISES",
    "Certificates",
    "ClusterCount",
    "Corrected",
    "DomainCount",
    "Flag",
    "Interval",
    "IntervalOfStrata",
    "Limits",
    "MeasuredRate",
    "Method",
    "StoppingRule",
    "StratumCount",
    "Total",
    "WeightedRecord",
    "WeightedStratum",
    "anytime",
    "anytime_domain",
    "corrected",
    "declared_stop",
    "design_weights",
    "domain",
    "domain_size",
    "domain_total",
    "is_at_odds",
    "key_of",
    "measured_rate",
    "method_of",
    "preview",
    "ratio",
    "reliability",
    "single",
    "size_weighted",
    "stops",
    "stratified",
    "total",
    "total_of_numerators",
    "two_stage",
]
