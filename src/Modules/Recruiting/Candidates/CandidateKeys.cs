using Tessera.Kernel.Records;

namespace Tessera.Recruiting;

/// <summary>The stored forms by which candidates are compared: never shown, always derived.</summary>
internal static class CandidateKeys
{
    public static void Derive(Candidate candidate)
    {
        candidate.EmailKey = Emails.KeyOf(candidate.Email);
        candidate.EmailStem = StemOf(candidate.EmailKey);
        candidate.Phone = PhoneNumber.Normalise(candidate.Phone);
        candidate.PhoneKey = PhoneNumber.MatchKey(candidate.Phone);
        candidate.NameKey = BeginningsOf(candidate.FullName);
    }

    /// <summary><c>anna.becker+jobs@example.com</c> → <c>annabecker@example.com</c>: to many mail servers these are one mailbox.</summary>
    internal static string StemOf(string emailKey)
    {
        var at = emailKey.LastIndexOf('@');
        var local = at < 0 ? emailKey : emailKey[..at];
        var tag = local.IndexOf('+', StringComparison.Ordinal);
        return (tag > 0 ? local[..tag] : local).Replace(".", "", StringComparison.Ordinal) + (at < 0 ? "" : emailKey[at..]);
    }

    /// <summary><c>Becker, Anna</c> and <c>Ana Becker</c> → <c>an be</c>: similar names are only looked for among those that begin alike.</summary>
    internal static string BeginningsOf(string name)
    {
        var letters = new string([.. name.ToLowerInvariant().Select(c => char.IsLetterOrDigit(c) ? c : ' ')]);
        return string.Join(' ', letters.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(w => w[..Math.Min(2, w.Length)]).Order(StringComparer.Ordinal));
    }
}
