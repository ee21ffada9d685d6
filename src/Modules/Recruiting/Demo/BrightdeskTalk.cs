using Tessera.Kernel.Collaboration;
using Tessera.Kernel.Database;
using Tessera.Kernel.Identity;

namespace Tessera.Recruiting;

/// <summary>What two recruiters say about a candidate who came lately.</summary>
internal static class BrightdeskTalk
{
    /// <summary>The owner of the candidate and a colleague take turns; the first line begins the thread.</summary>
    private static readonly string[][] Threads =
    [
        ["Read the portfolio twice. The part about accessibility is the best I have seen this year.", "Then let us be quick: there is another offer, they said on the phone.", "Interview proposed for this week."],
        ["{0}, would you take the technical part? You know the stack they come from.", "Gladly. I have an hour on Wednesday."],
        ["Notice period is three months, so the start would be in spring.", "That fits the plan of the team."],
    ];

    private static readonly (string Text, bool Done)[] BeforeOffer = [("References asked for", true), ("Salary band agreed with finance", false), ("Start date confirmed", false)];

    public static void Add(PlatformDb db, int index, Candidate candidate, User owner, User colleague, User admin, DateTimeOffset since, DateTimeOffset now, List<(DateTimeOffset At, User By, Action Change)> later)
    {
        var step = (now - since) / 8;
        if (index % 3 == 0)
        {
            later.Add((since + (step * 7), owner, () => db.Say(candidate, $"@{admin.FullName}, may we offer the upper end of the band? I would like to call today.", mentions: [admin])));
            later.Add((since + (step * 6), owner, () => db.Say(candidate, "Before we make an offer:", checklist: BeforeOffer, pinned: true)));
        }

        Guid? first = null;
        var lines = Threads[index % Threads.Length];
        for (var i = 0; i < lines.Length; i++)
        {
            var words = lines[i];
            var (speaker, other) = i % 2 == 0 ? (owner, colleague) : (colleague, owner);
            var isMention = words.Contains("{0}", StringComparison.Ordinal);
            later.Add((since + (step * (i + 2)), speaker, () =>
            {
                var said = db.Say(candidate, words.Replace("{0}", "@" + other.FullName, StringComparison.Ordinal), first, mentions: isMention ? [other] : []);
                first ??= said;
            }
            ));
        }
    }
}
