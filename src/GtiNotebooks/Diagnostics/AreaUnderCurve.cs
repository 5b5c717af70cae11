namespace GtiNotebooks.Diagnostics;

/// <summary>
/// How often a value of one kind is above one of another kind, ties counted half: the area under the ROC curve, which is Mann and Whitney's U
/// divided by the number of comparisons.
/// </summary>
/// <param name="Value">In [0, 1]; 0.5 where the two kinds do not differ.</param>
/// <param name="Low">Lower end of its 95 % interval.</param>
/// <param name="High">Upper end of its 95 % interval.</param>
public sealed record AreaUnderCurve(double Value, double Low, double High);
