using Tessera.Kernel.Web;

namespace Tessera.Kernel.Exchange;

/// <summary>The file cannot be read. Thrown from deep inside a reader, told to the person as any other refusal.</summary>
internal sealed class UnreadableFileException(Refusal refusal) : Exception(refusal.Detail)
{
    public UnreadableFileException(string code, string detail) : this(new Refusal(422, code, detail))
    {
    }

    public Refusal Refusal { get; } = refusal;
}
