namespace GtiNotebooks.Text;

/// <summary>How a prompt and its answer are laid out for a model: what stands before, between and after them.</summary>
/// <param name="Before">Text before the prompt.</param>
/// <param name="Between">Text between prompt and answer; it counts as prompt.</param>
/// <param name="EndToken">The token after the answer; it counts as answer, so that the model learns to stop.</param>
/// <param name="AnswerStart">How an answer starts.</param>
public sealed record ChatFormat(string Before, string Between, string EndToken, AnswerStart AnswerStart)
{
    /// <summary>Prompt and answer run on as one text, for a base model that knows no roles.</summary>
    public static ChatFormat Plain { get; } = new("", "", "<|endoftext|>", AnswerStart.AsWritten);

    /// <summary><see cref="Plain"/> for a base model whose end token has another name, such as Llama 3's <c>&lt;|end_of_text|&gt;</c>.</summary>
    /// <param name="endToken">The token that ends a text.</param>
    public static ChatFormat PlainEndingWith(string endToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(endToken);
        return Plain with { EndToken = endToken };
    }

    /// <summary>ChatML as Qwen's chat models use it: a system turn, the prompt as the user's, the answer as the assistant's.</summary>
    /// <param name="system">What the system turn says.</param>
    public static ChatFormat ChatMl(string system) => new(
        $"<|im_start|>system\n{system}<|im_end|>\n<|im_start|>user\n", "<|im_end|>\n<|im_start|>assistant\n", "<|im_end|>", AnswerStart.Trimmed);

    /// <summary>The format of Llama 3's instruct models: a begin token, then turns with a header each, the prompt as the user's, the answer as the
    /// assistant's.</summary>
    /// <param name="system">What the system turn says.</param>
    public static ChatFormat Llama3(string system) => new(
        "<|begin_of_text|>" + Llama3Header("system") + system + "<|eot_id|>" + Llama3Header("user"),
        "<|eot_id|>" + Llama3Header("assistant"), "<|eot_id|>", AnswerStart.Trimmed);

    /// <summary>Lays out a prompt and its answer, without the end token.</summary>
    public PromptText Apply(PromptText text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new(Before + text.Prompt + Between, AnswerStart == AnswerStart.Trimmed ? text.Answer.TrimStart() : text.Answer);
    }

    private static string Llama3Header(string role) => $"<|start_header_id|>{role}<|end_header_id|>\n\n";
}

/// <summary>What becomes of the space that a text answer starts with.</summary>
public enum AnswerStart
{
    /// <summary>It stays: prompt and answer are one running text.</summary>
    AsWritten,

    /// <summary>It goes: the answer starts a turn of its own.</summary>
    Trimmed,
}
