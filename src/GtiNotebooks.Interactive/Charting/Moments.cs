using GtiNotebooks.Diagnostics;
using GtiNotebooks.Studies;

namespace GtiNotebooks.Interactive;

/// <summary>When a run's new rows were measured.</summary>
public enum GeometryMoment
{
    /// <summary>After initialisation, and grounding where the method has it; before fine-tuning.</summary>
    AtStart,

    /// <summary>After fine-tuning.</summary>
    AfterFineTuning,
}

/// <summary>Which matrix a spectrum or an effective rank is of.</summary>
public enum Centring
{
    /// <summary>The new rows as they are. Mean initialisation has effective rank 1.</summary>
    Raw,

    /// <summary>The new rows less their mean row: what tells the tokens apart. Mean initialisation has effective rank 0.</summary>
    Centred,
}

internal static class Moments
{
    /// <summary>The runs that have new rows: an anchor has none.</summary>
    public static IReadOnlyList<StudyRecord> WithRows(IReadOnlyList<StudyRecord> records) =>
        [.. records.Where(record => record.GeometryAtStart is not null && record.GeometryAfterSft is not null)];

    public static GeometryReport At(this StudyRecord record, GeometryMoment moment) => (moment switch
    {
        GeometryMoment.AtStart => record.GeometryAtStart,
        GeometryMoment.AfterFineTuning => record.GeometryAfterSft,
        _ => throw new ArgumentOutOfRangeException(nameof(moment), moment, "Not a moment of a run."),
    }) ?? throw new ArgumentException($"{record.Method} has no new rows.", nameof(record));

    public static string Name(this GeometryMoment moment) => moment == GeometryMoment.AtStart ? "at the start" : "after fine-tuning";

    public static string Name(this Centring centring) => centring == Centring.Raw ? "raw" : "centred";

    public static double EffectiveRank(this GeometryReport report, Centring centring) =>
        centring == Centring.Raw ? report.EffectiveRankRaw : report.EffectiveRankCentred;

    public static IReadOnlyList<double> SingularValues(this GeometryReport report, Centring centring) =>
        centring == Centring.Raw ? report.SingularValuesRaw : report.SingularValuesCentred;
}
