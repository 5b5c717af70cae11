using System.Globalization;
using System.Net;
using GtiNotebooks.SemanticIds;

namespace GtiNotebooks.Interactive;

/// <summary>Shows an RQ-VAE's training in one output that is updated in place; the last state stays in the saved notebook.</summary>
/// <example>
/// <code>
/// var shown = KernelInvocationContext.Current.Display(RqVaeProgressView.Empty);
/// var progress = new RqVaeProgress(shown.Update, epochs: 200);
/// </code>
/// </example>
/// <param name="update">Puts a new value in place of the shown one; called on the thread that trains.</param>
/// <param name="epochs">Epochs that the training has at the most; at least 1.</param>
public sealed class RqVaeProgress(Action<object> update, int epochs) : IProgress<RqVaeEpoch>
{
    private readonly Action<object> _update = update ?? throw new ArgumentNullException(nameof(update));
    private readonly int _epochs = epochs >= 1 ? epochs : throw new ArgumentOutOfRangeException(nameof(epochs), epochs, "At least 1.");

    /// <inheritdoc/>
    public void Report(RqVaeEpoch value)
    {
        ArgumentNullException.ThrowIfNull(value);
        _update(new RqVaeProgressView(value, _epochs));
    }
}

/// <summary>How far the training of an RQ-VAE is, in a line.</summary>
/// <param name="Last">The last evaluated epoch; null before the first.</param>
/// <param name="Epochs">Epochs that the training has at the most.</param>
[TypeFormatterSource(typeof(ViewFormatterSource))]
public sealed record RqVaeProgressView(RqVaeEpoch? Last, int Epochs) : IView
{
    /// <summary>Before anything was reported: what to display first.</summary>
    public static RqVaeProgressView Empty { get; } = new(null, 0);

    /// <inheritdoc/>
    public string ToHtml() => $"<pre class=\"gti-progress\">{WebUtility.HtmlEncode(ToPlainText())}</pre>";

    /// <inheritdoc/>
    public string ToPlainText() => Last is null ? "training has not begun" : string.Create(CultureInfo.InvariantCulture,
        $"epoch {Last.Number} of {Epochs}, reconstruction error {Last.Reconstruction:0.000}, collision rate {100 * Last.CollisionRate:0.0} %, perplexity {string.Join(" / ", Last.Perplexities.Select(perplexity => perplexity.ToString("0", CultureInfo.InvariantCulture)))}, {Last.Seconds:0} s");

    /// <inheritdoc/>
    public override string ToString() => ToPlainText();
}
