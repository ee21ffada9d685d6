namespace Tessera.Production;

/// <summary>What the students of Northlight make.</summary>
internal static class NorthlightTitles
{
    public static readonly IReadOnlyList<(string Title, ProjectType Type, ProjectMedium Medium)> All =
    [
        ("The Lighthouse Keeper's Son", ProjectType.Film, ProjectMedium.Film), ("Salt in the Hinges", ProjectType.Film, ProjectMedium.Film), ("Night Bus to Varna", ProjectType.Film, ProjectMedium.Film),
        ("Nine Hundred Doors", ProjectType.Documentary, ProjectMedium.Film), ("Ferment", ProjectType.Documentary, ProjectMedium.Film), ("The Ice Road", ProjectType.Documentary, ProjectMedium.Film),
        ("Paper Swans", ProjectType.Film, ProjectMedium.Film), ("A Room with No North", ProjectType.Film, ProjectMedium.Mixed), ("Kite Season", ProjectType.Film, ProjectMedium.Film),
        ("Glass Choir: Undertow", ProjectType.MusicVideo, ProjectMedium.Mixed), ("Mira Holt: Slow Train", ProjectType.MusicVideo, ProjectMedium.Mixed), ("Halfmoon Radio: Static", ProjectType.MusicVideo, ProjectMedium.Mixed),
        ("Harbour Bakery", ProjectType.Commercial, ProjectMedium.Film), ("Tram 11", ProjectType.Commercial, ProjectMedium.Film), ("City Library: Late Hours", ProjectType.Commercial, ProjectMedium.Film),
        ("Underground, a history in six stations", ProjectType.Podcast, ProjectMedium.Audio), ("Second Shift", ProjectType.Podcast, ProjectMedium.Audio), ("What the Fishermen Say", ProjectType.Podcast, ProjectMedium.Audio),
        ("Quartet for Empty Halls", ProjectType.Album, ProjectMedium.Audio), ("Northern Birds, field recordings", ProjectType.Album, ProjectMedium.Audio), ("Lena Okoro Trio: Weather", ProjectType.Album, ProjectMedium.Audio),
        ("Kontor Sessions: Ash & Elder", ProjectType.LiveSession, ProjectMedium.Mixed), ("Kontor Sessions: Velvet Rail", ProjectType.LiveSession, ProjectMedium.Mixed), ("Rooftop Sessions: Juno Park", ProjectType.LiveSession, ProjectMedium.Mixed),
        ("Deep Harbour, adaptive score", ProjectType.GameAudio, ProjectMedium.Audio), ("Fox & Lantern, sound pack", ProjectType.GameAudio, ProjectMedium.Audio), ("The Understudy", ProjectType.Film, ProjectMedium.Film),
        ("Late Snow", ProjectType.Film, ProjectMedium.Film), ("Everything That Floats", ProjectType.Film, ProjectMedium.Film), ("My Father's Accent", ProjectType.Documentary, ProjectMedium.Film),
        ("Blue Hour", ProjectType.Film, ProjectMedium.Film), ("The Cartographer", ProjectType.Film, ProjectMedium.Film), ("Two Floors Down", ProjectType.Film, ProjectMedium.Film),
        ("Beekeeper, Block C", ProjectType.Documentary, ProjectMedium.Film), ("Last Reel at the Odeon", ProjectType.Documentary, ProjectMedium.Film), ("Silver Nitrate", ProjectType.Film, ProjectMedium.Film),
        ("Cold Open", ProjectType.Film, ProjectMedium.Film), ("The Weight of Keys", ProjectType.Film, ProjectMedium.Film), ("Ultramarine", ProjectType.Film, ProjectMedium.Mixed),
        ("Low Tide Parade: Copper", ProjectType.MusicVideo, ProjectMedium.Mixed), ("Ines Vale: Satellites", ProjectType.MusicVideo, ProjectMedium.Mixed), ("Dockside Coffee", ProjectType.Commercial, ProjectMedium.Film),
        ("Bike Lane Now", ProjectType.Commercial, ProjectMedium.Film), ("Voices from Ward 7", ProjectType.Podcast, ProjectMedium.Audio), ("Small Hours", ProjectType.Podcast, ProjectMedium.Audio),
        ("Ensemble Granit: Strata", ProjectType.Album, ProjectMedium.Audio), ("Kontor Sessions: Palmer & Ruiz", ProjectType.LiveSession, ProjectMedium.Mixed), ("Moss, a horror in binaural", ProjectType.GameAudio, ProjectMedium.Audio),
        ("Borrowed Rain", ProjectType.Film, ProjectMedium.Film), ("The Fourth Rehearsal", ProjectType.Film, ProjectMedium.Film), ("Winter Swimmers", ProjectType.Documentary, ProjectMedium.Film),
        ("A Short Guide to Leaving", ProjectType.Film, ProjectMedium.Film), ("Orchard of Wires", ProjectType.Film, ProjectMedium.Film), ("The Interpreter's Day Off", ProjectType.Film, ProjectMedium.Film),
        ("Granite and Milk", ProjectType.Documentary, ProjectMedium.Film), ("Signal Loss", ProjectType.Film, ProjectMedium.Mixed), ("Hotel Meridian", ProjectType.Film, ProjectMedium.Film),
        ("Twelve Minutes of Applause", ProjectType.Documentary, ProjectMedium.Film), ("Foley for Beginners", ProjectType.Other, ProjectMedium.Audio), ("Open Day 360°", ProjectType.Other, ProjectMedium.Mixed),
        ("Sundial", ProjectType.Film, ProjectMedium.Film), ("The Long Way to Tivoli", ProjectType.Film, ProjectMedium.Film),
    ];

    public static readonly string[] Loglines =
    [
        "Graduation film. Three locations, two of them by the sea.", "Second-year exercise in natural light; no lamp above 300 watts.", "Shot on 16 mm, graded from a flat scan.", "Portrait in four chapters, one for each season.",
        "Recorded in one take in the large stage, mixed in stereo and Atmos.", "Commissioned; the client sees the rough cut before the holidays.", "Co-production with the theatre department.", "Festival cut of at most twelve minutes.",
    ];
}
