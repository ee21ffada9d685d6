using System.Text;

namespace Tessera.Kernel.Records;

public static class Emails
{
    /// <summary>How two e-mail addresses are compared: trimmed, Unicode NFC, lower case.</summary>
    public static string KeyOf(string email) => email.Trim().Normalize(NormalizationForm.FormC).ToLowerInvariant();
}
