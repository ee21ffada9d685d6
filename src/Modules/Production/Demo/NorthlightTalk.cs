using Tessera.Kernel.Collaboration;
using Tessera.Kernel.Database;
using Tessera.Kernel.Identity;

namespace Tessera.Production;

/// <summary>What two producers say about a production that is under way.</summary>
internal static class NorthlightTalk
{
    /// <summary>Conversations, each line with the days it was said before the last and whether the project's own producer says it; the first line begins the thread.</summary>
    private static readonly (int DaysAgo, bool Producer, string Words)[][] Threads =
    [
        [
            (9, false, "Saw the rough cut last night. The middle drags a little: the scene on the quay could lose a minute."),
            (8, true, "Agreed. Could you ask for a version without the second phone call, {0}?"),
            (8, false, "Done. We get it on Thursday."),
            (4, true, "It is better without. Let us keep it that way."),
        ],
        [
            (6, true, "The kit list is with the store. The second boom is only free from the afternoon."),
            (6, false, "Fine, then we begin with the wide shots."),
        ],
        [
            (5, false, "{0}, can we move the mix by two days? The stage is taken by the radio course."),
            (5, true, "Moved. The delivery stays where it is."),
            (3, false, "Thank you. I have told the composer."),
        ],
        [
            (7, true, "The neighbours want to know how long the street is closed. I promised them a letter."),
            (2, false, "The letter is out, with your number on it."),
        ],
    ];

    private static readonly (string Text, bool Done)[] BeforeLock =
        [("Temp score out of all scenes", true), ("Credits read by everybody who is named", true), ("Subtitles checked by a native speaker", false), ("Stills for the festival's catalogue", false)];

    public static void Add(PlatformDb db, int index, Project project, User producer, User colleague, User admin, DateTimeOffset born, DateTimeOffset now, List<(DateTimeOffset At, User By, Action Change)> steps)
    {
        if (index % 2 == 0)
        {
            steps.Add((Within(born, now.AddDays(-10)), producer, () => db.Say(project, "Before we lock the picture:", checklist: BeforeLock, pinned: true)));
        }

        if (index % 8 == 2)
        {
            steps.Add((Within(born, now.AddHours(-(2 + index))), producer, () => db.Say(project, $"@{admin.FullName}, could you put the premiere on the school's page?", mentions: [admin])));
        }

        foreach (var thread in index % 3 == 0 ? Threads[..2] : [Threads[index % Threads.Length]])
        {
            Guid? first = null;
            foreach (var (daysAgo, isProducer, words) in thread)
            {
                var (speaker, other) = isProducer ? (producer, colleague) : (colleague, producer);
                var isMention = words.Contains("{0}", StringComparison.Ordinal);
                steps.Add((Within(born, now.AddDays(-daysAgo)), speaker, () =>
                {
                    var said = db.Say(project, words.Replace("{0}", "@" + other.FullName, StringComparison.Ordinal), first, mentions: isMention ? [other] : []);
                    first ??= said;
                }
                ));
            }
        }
    }

    private static DateTimeOffset Within(DateTimeOffset born, DateTimeOffset at) => at > born ? at : born.AddMinutes(30);
}
