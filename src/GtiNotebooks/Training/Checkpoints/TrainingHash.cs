using System.Buffers.Binary;
using System.Security.Cryptography;
using GtiNotebooks.Models;
using GtiNotebooks.Text;
using static TorchSharp.torch;

namespace GtiNotebooks.Training;

/// <summary>Short fingerprints, to tell one run's weights and examples from another's: the first 16 hex digits of SHA-256.</summary>
internal static class TrainingHash
{
    private const int Digits = 16;

    /// <summary>Of a tensor's values, bit by bit.</summary>
    public static string Of(Tensor tensor)
    {
        using var sha = SHA256.Create();
        using (var stream = new CryptoStream(Stream.Null, sha, CryptoStreamMode.Write))
            SafeTensors.WriteValues(stream, tensor);
        return Text(sha.Hash!);
    }

    /// <summary>Of a batch's tokens and where its answers start.</summary>
    public static string Of(IEnumerable<EncodedPrompt> batch)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> number = stackalloc byte[sizeof(int)];
        foreach (var example in batch)
        {
            foreach (var value in example.Ids.Prepend(example.AnswerStart).Prepend(example.Ids.Length))
            {
                BinaryPrimitives.WriteInt32LittleEndian(number, value);
                hash.AppendData(number);
            }
        }

        return Text(hash.GetHashAndReset());
    }

    private static string Text(byte[] hash) => Convert.ToHexStringLower(hash)[..Digits];
}
