"""When customers buy again: likelihoods of the models, how they are maximized, and what a fitted one can tell.

alike         customers with the same numbers, counted once
maximum       the parameters under which what was seen is most likely, with their standard errors
fitted        what every fitted model has: parameters, standard errors, how it was found
leaving       BG/NBD and modified BG/NBD: a customer may leave after a purchase
lifetimes     Pareto/NBD: a customer may leave at any time
occasions     BG/BB: a customer may buy, or leave, at each of a few occasions
spending      Gamma-Gamma: how much a purchase is worth
renewals      shifted beta-geometric: who renews a contract
ahead         what customers may buy from now on, drawn one by one
money         what that is worth, and two kinds of doubt about it
health        whether the data carry the models
"""
