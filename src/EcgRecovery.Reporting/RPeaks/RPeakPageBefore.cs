namespace EcgRecovery.Reporting.RPeaks;

/// <summary>Results of earlier versions, which the tool cannot measure any more.</summary>
internal static class RPeakPageBefore
{
    /// <summary>Markdown, with a heading.</summary>
    public const string Tables =
        """
        ## Before

        The first lead was the default, spikes counted as signal, and nothing was reported as not to be trusted (Se: sensitivity,
        PP: positive predictivity):

        | records | beats | missed | false | Se 150 ms | PP 150 ms | Se 20 ms | PP 20 ms |
        |---|--:|--:|--:|--:|--:|--:|--:|
        | DS1 without 201 and 208 (constants chosen here) | 46,103 | 54 | 394 | 99.88 % | 99.15 % | 97.85 % | 97.13 % |
        | 201 and 208 | 4,918 | 61 | 4 | 98.76 % | 99.92 % | 88.88 % | 89.92 % |
        | DS2 | 49,712 | 54 | 74 | 99.89 % | 99.85 % | 97.85 % | 97.81 % |
        | paced: 102, 104, 107, 217 | 8,761 | 10 | 28 | 99.89 % | 99.68 % | 83.83 % | 83.65 % |
        | all 48, nothing left out | 109,494 | 179 | 500 | 99.84 % | 99.54 % | 96.32 % | 96.04 % |
        | all 48, ventricular flutter of 207 left out | 109,494 | 179 | 159 | 99.84 % | 99.85 % | 96.32 % | 96.34 % |

        The Lobachevsky University Database, records 1–160:

        | records | beats | missed | false | Se 150 ms | PP 150 ms | Se 20 ms | PP 20 ms |
        |---|--:|--:|--:|--:|--:|--:|--:|
        | lead i | 1,455 | 5 | 5 | 99.66 % | 99.66 % | 94.02 % | 94.02 % |
        | lead ii | 1,457 | 0 | 3 | 100.00 % | 99.79 % | 92.45 % | 92.26 % |
        | lead v2 | 1,456 | 0 | 2 | 100.00 % | 99.86 % | 22.94 % | 22.91 % |
        | lead v5 | 1,456 | 1 | 3 | 99.93 % | 99.79 % | 93.41 % | 93.28 % |

        Records 161–200:

        | records | beats | missed | false | Se 150 ms | PP 150 ms | Se 20 ms | PP 20 ms |
        |---|--:|--:|--:|--:|--:|--:|--:|
        | lead i | 374 | 0 | 0 | 100.00 % | 100.00 % | 96.26 % | 96.26 % |
        | lead ii | 374 | 0 | 0 | 100.00 % | 100.00 % | 100.00 % | 100.00 % |
        | lead v2 | 374 | 0 | 0 | 100.00 % | 100.00 % | 5.88 % | 5.88 % |
        | lead v5 | 374 | 0 | 0 | 100.00 % | 100.00 % | 99.47 % | 99.47 % |

        """;
}
